"""Material for the figures of quality, and its canvas: the pictures that the encoder is given, without loss."""

import subprocess
from pathlib import Path

from flow.canvas import Canvas

_PICTURES = 500
_ROOM = (
    "gradients=s=1280x720:r=25:n=4:speed=0.01:c0=gray:c1=tan:c2=slategray:c3=beige:seed=1,"
    "noise=c0s=6:c0f=t+u:all_seed=1[wall];testsrc2=s=320x400:r=25,gblur=2[face];"
    "[wall][face]overlay=x='480+40*sin(t)':y='200+10*sin(3*t)'"
)
_SPARSE = "color=c=0xfdf8f5:s=1280x720:r=25,drawbox=x=200:y=380:w=880:h=4:color=gray:t=fill"
_DENSE = "cellauto=s=1280x720:rule={}:seed={}:r=25,format=gray,loop=loop=-1:size=1:start=40,setpts=N/25/TB"


def generated(ffmpeg: str, folder: Path) -> Path:
    """Eight seconds of a grainy hall with something that moves, a sparse slide, dense ones, and the hall again."""
    clip = folder / "generated.mkv"
    scenes = [(_ROOM, 8), (_SPARSE, 4), (_DENSE.format(30, 1), 3), (_DENSE.format(73, 2), 1), (_ROOM, 4)]
    inputs = [word for scene, length in scenes for word in ("-f", "lavfi", "-t", str(length), "-i", scene)]
    chain = "".join(f"[{at}:v]format=yuv420p,setsar=1[s{at}];" for at in range(len(scenes)))
    chain += "".join(f"[s{at}]" for at in range(len(scenes))) + f"concat=n={len(scenes)}[v]"
    _run([
        ffmpeg, "-v", "error", "-y", *inputs, "-filter_complex", chain, "-map", "[v]", "-frames:v", str(_PICTURES),
        *_LOSSLESS, str(clip),
    ])
    return clip


_LOSSLESS = ("-c:v", "libx264", "-qp", "0", "-preset", "ultrafast", "-pix_fmt", "yuv420p")


def canvas_of(ffmpeg: str, clip: Path, canvas: Canvas, part: tuple[float, float], folder: Path) -> Path:
    """The clip as the channel's canvas; `part` is a start and a length in seconds, a length of 0 being all."""
    made = folder / f"canvas-{canvas.width}x{canvas.height}.mkv"
    start, length = part
    size = f"{canvas.width}:{canvas.height}"
    fit = (
        f"fps={canvas.fps},scale={size}:force_original_aspect_ratio=decrease:flags=bicubic,"
        f"pad={size}:(ow-iw)/2:(oh-ih)/2,setsar=1"
    )
    limit = ("-t", str(length)) if length else ()
    _run([
        ffmpeg, "-v", "error", "-y", "-ss", str(start), *limit, "-i", str(clip), "-an", "-vf", fit, *_LOSSLESS,
        str(made),
    ])
    return made


def sound_of(ffmpeg: str, seconds: float, folder: Path) -> Path:
    """Raw stereo sound, loud and never the same, so that its encoder uses what it may."""
    made = folder / "sound.s16"
    source = f"anoisesrc=r=48000:c=pink:seed=1:a=0.3:d={seconds:.3f}"
    _run([ffmpeg, "-v", "error", "-y", "-f", "lavfi", "-i", source, "-ac", "2", "-f", "s16le", str(made)])
    return made


def _run(argv: list[str]) -> None:
    subprocess.run(["nice", "-n", "19", *argv], check=True, stdin=subprocess.DEVNULL)
