"""HLS, pulled by our own client."""
