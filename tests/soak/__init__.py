"""The long tier: seeded, resumable, on a whole machine, judged from the viewer's side."""
