"""The player's pages and routes."""
