"""A question that asks for nothing asks for all."""

from desk.programmes.programme_query import MOST, ProgrammeQuery


def test_a_question_without_words_leaves_out_only_what_is_cancelled() -> None:
    query = ProgrammeQuery()
    assert (query.channel, query.series, query.from_s, query.to_s) == (None, None, None, None)
    assert (query.cancelled, query.limit) == (False, MOST)
