"""TLS on the listeners."""
