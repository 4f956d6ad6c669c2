"""Players that are not ours, and our page's, on a running channel."""
