"""Which sites have tried picture, sound and line before a programme, and how that went."""
