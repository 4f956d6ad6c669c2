"""Power cuts at random moments: what a disk may hold after one, and what a headend makes of it."""
