"""Every row, those that take little of the processor first."""

from tests.soak.threats.addresses import ADDRESSES
from tests.soak.threats.explosions import EXPLOSIONS
from tests.soak.threats.flood import FLOOD
from tests.soak.threats.guesses import GUESSES
from tests.soak.threats.injection import INJECTION
from tests.soak.threats.matrix import MATRIX
from tests.soak.threats.races import CROWD, PAIRS
from tests.soak.threats.replay import REPLAY
from tests.soak.threats.row import Row
from tests.soak.threats.strings import WORDS
from tests.soak.threats.timing import CALLS_TIMED, GUESTS_TIMED, TIMING
from tests.soak.threats.traced import TRACED

ROWS: tuple[Row, ...] = (
    TIMING, GUESTS_TIMED, WORDS, TRACED, GUESSES, CALLS_TIMED, REPLAY, PAIRS, CROWD, ADDRESSES, INJECTION, MATRIX,
    FLOOD, EXPLOSIONS,
)
