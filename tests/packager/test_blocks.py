"""Block-rendered text is whole-rendered text, whatever the history."""

from hypothesis import given, settings
from hypothesis import strategies as st

from flow.profile import PROFILES, Profile, ProfileName
from packager.blocks import LENGTH, Blocks
from packager.past import Past, Span
from packager.rows import lines_of

SPANS = st.lists(
    st.tuples(
        st.integers(1, 2 * LENGTH), st.sampled_from([0, 1, 2]), st.sampled_from([1, 2]),
        st.booleans(), st.booleans(),
    ), min_size=1, max_size=5,
)


def _past(first: int, spans: list[tuple[int, int, int, bool, bool]]) -> Past:
    past = Past()
    for count, run, map_run, broken, gone in spans:
        span = Span(
            first=past.end or first, count=count, run=run, map_run=map_run, discontinuity=broken, gone=gone,
        )
        past = past.with_spans([span])
    return past


def _blocks_text(blocks: Blocks, past: Past) -> str:
    return b"".join(sheet.plain for sheet in blocks.sheets(past)).decode()


def _whole_text(profile: Profile, past: Past) -> str:
    return "".join(f"{line}\n" for line in lines_of(profile, past.rows(), map_run=0))


@settings(deadline=None, max_examples=40)
@given(
    profile=st.sampled_from(list(ProfileName)), first=st.integers(10**6, 10**6 + 2 * LENGTH), spans=SPANS,
    cuts=st.lists(st.integers(0, 4 * LENGTH), max_size=4),
)
def test_blocks_say_what_the_whole_says_while_the_window_moves(
    profile: ProfileName, first: int, spans: list[tuple[int, int, int, bool, bool]], cuts: list[int],
) -> None:
    grid, past = PROFILES[profile], _past(first, spans)
    blocks = Blocks(grid)
    for cut in [0, *sorted(cuts)]:
        shown = past.between(first + cut, past.end)
        assert _blocks_text(blocks, shown) == _whole_text(grid, shown)
        blocks.forget_before(shown.first)
        assert _blocks_text(blocks, shown) == _whole_text(grid, shown)


def test_a_body_lost_later_changes_its_block_and_no_other() -> None:
    past = _past(LENGTH, [(3 * LENGTH, 1, 1, False, False)])
    blocks = Blocks(PROFILES[ProfileName.LOW])
    before = list(blocks.sheets(past))
    after = list(blocks.sheets(past.without_bodies({2 * LENGTH + 5})))
    assert [one is other for one, other in zip(before[1:], after[1:], strict=True)] == [False, True]
    assert b"#EXT-X-GAP" in after[1].plain


def test_blocks_are_made_ready_one_at_a_time() -> None:
    past = _past(LENGTH // 2, [(4 * LENGTH, 1, 1, False, False)])
    blocks = Blocks(PROFILES[ProfileName.LOW])
    for ready in (1, 2, 3, 3):
        blocks.warm(past)
        assert len(blocks) == ready
    assert _blocks_text(blocks, past) == _whole_text(PROFILES[ProfileName.LOW], past)
    assert len(blocks) == 3
    Blocks(PROFILES[ProfileName.LOW]).warm(Past())


def test_whole_blocks_are_rendered_once_and_let_go() -> None:
    past = _past(LENGTH // 2, [(4 * LENGTH, 1, 1, False, False)])
    blocks = Blocks(PROFILES[ProfileName.LOW])
    once, again = list(blocks.sheets(past)), list(blocks.sheets(past))
    assert [one is other for one, other in zip(once, again, strict=True)] == [False, True, True, True, False]
    assert len(blocks) == 3
    blocks.forget_before(2 * LENGTH)
    assert len(blocks) == 2
