"""What is handed out with a programme: files for its audience alone."""
