"""What is decoded at all, of files and of what comes in, by FFmpeg's names."""

CONTAINERS = (
    "aac", "ac3", "asf", "avi", "flac", "flv", "h264", "hevc", "ivf", "matroska", "mov", "mp3", "mpeg", "mpegts",
    "mpegvideo", "mxf", "nut", "ogg", "wav", "webm",
)
"""Containers of files, by FFmpeg's names. Playlists, concatenations and images are not among them."""

_CODECS = (
    "h264", "hevc", "mpeg2video", "mpeg1video", "mpeg4", "h263", "flv", "vp8", "vp9", "av1", "libdav1d", "mjpeg",
    "prores", "dnxhd", "theora", "vc1", "wmv3", "dvvideo", "png", "aac", "aac_latm", "ac3", "eac3", "mp2",
    "mp2float", "mp3", "mp3float", "opus", "libopus", "vorbis", "flac", "alac", "wmav2", "g722", "dca", "s302m",
    "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_u8", "pcm_mulaw", "pcm_alaw",
)
"""What conference equipment and films are made of. FFmpeg has hundreds of other decoders, with holes (T-06)."""

_MOST_PIXELS = 4_096 * 2_304
"""Of one picture: a little over 2160p, upright too."""

SAFE = {"codec_whitelist": ",".join(_CODECS), "max_pixels": _MOST_PIXELS}
"""Options of every input."""
