"""A machine's register, settings, audit and keys in one file, and back from it."""
