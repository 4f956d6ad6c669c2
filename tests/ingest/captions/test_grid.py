from ingest.captions.grid import Grid


def _grid(*rows: str) -> Grid:
    grid = Grid(len(rows), 8)
    for at, row in enumerate(rows):
        grid.go(at, 0)
        for letter in row:
            grid.write(letter)
    return grid


def test_the_rows_that_hold_anything_are_its_text() -> None:
    assert _grid("", "  một", "", "hai  ").text == "một\nhai"


def test_a_place_beyond_the_edge_is_at_the_edge() -> None:
    grid = _grid("", "")
    grid.go(9, 99)
    grid.write("x")
    grid.go(-1, -1)
    grid.write("y")
    assert grid.text == "y\nx"


def test_what_follows_the_last_letter_of_a_row_takes_its_place() -> None:
    grid = _grid("12345678")
    grid.write("9")
    assert grid.text == "12345679"
    grid.back()
    assert grid.text == "1234567"


def test_rows_scroll_within_their_window() -> None:
    grid = _grid("một", "hai", "ba", "bốn")
    grid.scroll(1, 2)
    assert grid.text == "một\nba\nbốn"


def test_rows_move_together_and_nothing_stays_behind() -> None:
    grid = _grid("một", "hai", "ba", "bốn")
    grid.move(2, 3, 1)
    assert grid.text == "ba\nbốn"
    grid.move(0, 1, 0)
    assert grid.text == "bốn"


def test_a_row_is_cleared_from_a_column_on() -> None:
    grid = _grid("abcdef", "x")
    grid.clear_row(0, 3)
    assert grid.text == "abc\nx"
    grid.clear()
    assert grid.text == ""
