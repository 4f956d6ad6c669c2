"""TLS on the listeners: an authority of our own, its certificates, and how they come into use."""
