"""RTSP, pulled by our own client."""
