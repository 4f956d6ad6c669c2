"""Who is let in: the keys that sign tokens, the sites that have one, and those that have been shut out."""
