"""A machine with a card, for tests: an FFmpeg whose `h264_nvenc` is x264 in another profile, or something worse.

What the card is told is what a real one would be told; only the options that NVENC alone knows are left out.
"""

import sys
from pathlib import Path

NVENC_ONLY = ("-rc", "-preset", "-tune", "-multipass", "-no-scenecut", "-b_ref_mode", "-rc-lookahead", "-delay")
BROKEN = "broken"
"""While a file of this name lies beside the program, the card is broken: no encoder can be opened on it."""
WORSE = {
    "good": (),
    "cuts": ("-sc_threshold", "40", "-keyint_min", "1"),
    "once": ("-g", "1000", "-force_key_frames", "0"),
    "slow": (),
}

_SCRIPT = """#!{python}
import os, sys
from pathlib import Path
argv, mode = sys.argv[1:], {mode!r}
if "h264_nvenc" in argv:
    if Path(__file__).with_name({broken!r}).exists():
        sys.exit("[h264_nvenc @ 0x1] [error] OpenEncodeSessionEx failed: out of memory (10): (no details)")
    if mode == "slow":
        os.execvp("sleep", ["sleep", "600"])
    while dropped := [at for at, word in enumerate(argv) if word in {nvenc_only!r}]:
        del argv[dropped[0] : dropped[0] + 2]
    for at in reversed([at for at, word in enumerate(argv) if word == "h264_nvenc"]):
        argv[at : at + 1] = ["libx264", "-preset", "ultrafast"]
        profile = argv.index("-profile:v", at)
        argv[profile + 1] = "main"
        argv[profile + 2 : profile + 2] = {worse!r}
os.execv({ffmpeg!r}, [{ffmpeg!r}, *argv])
"""


def card(folder: Path, ffmpeg: str, mode: str = "good") -> str:
    """The path of such an FFmpeg."""
    program = folder / "ffmpeg"
    program.write_text(_SCRIPT.format(
        python=sys.executable, mode=mode, broken=BROKEN, nvenc_only=NVENC_ONLY, worse=list(WORSE[mode]),
        ffmpeg=ffmpeg,
    ))
    program.chmod(0o755)
    return str(program)
