"""Days of media time in minutes, over the ends of every counter."""
