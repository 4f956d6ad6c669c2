"""The whole line, seen from the viewer's side."""
