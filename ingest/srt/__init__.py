"""SRT feeds: a front of FFmpeg's that outlives a leap of the sender's clock."""
