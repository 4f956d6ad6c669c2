"""Who did what at the desk, kept so that nobody can change it unseen."""
