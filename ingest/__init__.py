"""Feeds in, one steady programme of ticks out.

Each feed is decoded by a process of its own into raw pictures and sound; `reception` has what comes of it and
plays both together, `mixer` decides what each tick shows (the live picture, the last good one for a second, or
the slate), and `programme` emits exactly one tick every 40 ms on the epoch grid, whatever the feeds do.

    kinds ─▶ Feed ─▶ feed_runner ─▶ decoder ─▶ reception ─▶ mixer ─▶ programme ─▶ Tick
"""
