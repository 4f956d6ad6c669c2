"""Is this machine fit to be depended on? Facts are gathered, and rules over them find what is wrong, by name."""
