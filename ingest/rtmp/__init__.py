"""RTMP: our door for publishers, and our client for servers."""
