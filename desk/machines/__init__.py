"""The machines that may speak to a headend: who they are, and how each proves it."""
