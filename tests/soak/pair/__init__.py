"""Two real workers of one channel, one of them killed again and again, under a player that reads everything."""
