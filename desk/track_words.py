"""A channel's sound tracks as an operator writes them: `vi=Tiếng Việt`, `en=English`."""

from collections.abc import Sequence

from desk.channel_words import OFF
from flow.errors import OperatorError
from flow.feed import MOST_SOUNDS, Feed, FeedStatus
from flow.track import VIETNAMESE, Track, check_tracks

TRACK_FORM = 'LANGUAGE="NAME", as in vi="Tiếng Việt" or tyz="Tiếng Tày"'


CAPTIONS_FORM = 'vi, en="English subtitles", or off'
_NAMES = {"vi": "Tiếng Việt", "en": "English"}


def captions_of(text: str) -> Track | None:
    """The language of a channel's captions: `vi`, `en=English subtitles`, or `off`. Raises OperatorError."""
    if text == OFF:
        return None
    language, _, name = (word.strip() for word in text.partition("="))
    try:
        return Track(language=language, name=name or _NAMES.get(language, language))
    except ValueError as error:
        problem = f"captions: {error}"
        raise OperatorError(problem, f"Give --captions {CAPTIONS_FORM}") from error


def tracks_of(texts: Sequence[str]) -> tuple[Track, ...]:
    """The tracks, in their order; the usual one when nothing is said. Raises OperatorError for nonsense."""
    if not texts:
        return (VIETNAMESE,)
    try:
        tracks = tuple(_track(text) for text in texts)
        check_tracks(tracks)
    except ValueError as error:
        raise OperatorError(str(error), f"Give --track {TRACK_FORM}; again for another one") from error
    return tracks


def _track(text: str) -> Track:
    language, _, name = text.partition("=")
    return Track(language=language.strip(), name=name.strip())


def sounds_of(value: str) -> tuple[int, ...]:
    """The numbers in `2,1`, of the sounds that a feed gives to each track; raises ValueError for anything else."""
    numbers = tuple(int(word) for word in value.split(",") if word.isascii() and word.isdigit())
    if len(numbers) != value.count(",") + 1 or max(numbers) > MOST_SOUNDS:
        message = "not numbers of sounds"
        raise ValueError(message)
    return numbers


def check_had(before: Sequence[Feed], after: Sequence[Feed], had: Sequence[FeedStatus]) -> None:
    """Raises OperatorError for a sound that is newly wanted of a feed on air and that it does not have. Of a feed
    whose sounds nobody knows yet anything may be wanted."""
    for number, (old, new, feed) in enumerate(zip(before, after, had, strict=False), start=1):
        missing = [sound for sound in new.sounds if sound > len(feed.sounds)]
        if missing and feed.sounds and new.sounds != old.sounds:
            there = ", ".join(f"{at}: {sound}" for at, sound in enumerate(feed.sounds, start=1))
            problem = f"feed {number} has no sound {missing[0]}"
            raise OperatorError(problem, f"It has {there}; 0 is silence")


def check_sounds(feeds: Sequence[Feed], tracks: Sequence[Track]) -> None:
    """Raises OperatorError for a feed whose sounds go to tracks that the channel does not have."""
    for number, feed in enumerate(feeds, start=1):
        if len(feed.sounds) > len(tracks):
            problem = f"feed {number} names {len(feed.sounds)} sounds, and the channel has {len(tracks)} tracks"
            raise OperatorError(problem, "Name one for each track, and say the tracks with --track")
