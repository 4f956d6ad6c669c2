"""The test card: a feed of our own, with a clock, colours and a beep."""
