"""Ticks in, CMAF init sections and chunks of every rendition out, pushed to headends.

One FFmpeg process per channel takes raw pictures and sound from two pipes and writes each rendition to a pipe
of its own (`command`); `encoder` feeds it, watches it and starts it again on the clock grid; `chunker` cuts what
it writes into packets with exact integer times; `push` carries them to every headend and repeats what a headend
did not keep.
"""
