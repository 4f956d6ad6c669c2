"""Pictures of our own, and what is laid over those of feeds."""
