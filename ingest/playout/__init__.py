"""One decoder's life, played at a set delay on our clock."""
