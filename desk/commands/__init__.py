"""The words of `xacast`, one in each file."""
