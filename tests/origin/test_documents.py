"""What a browser calls a document."""

from flow.ids import ChannelId
from flow.listing import Document
from origin.documents import disposition


def test_a_title_becomes_a_name_and_never_a_header_or_a_path() -> None:
    """T-13."""
    one = Document(
        number=3, channel=ChannelId("hop"), title='Báo/cáo "\r\nX: y\\..', ending="pdf", size=1, digest="ab",
    )
    assert disposition(one) == (
        "attachment; filename=\"document-3.pdf\"; filename*=UTF-8''B%C3%A1o_c%C3%A1o%20___X_%20y_.pdf"
    )
