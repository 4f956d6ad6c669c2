"""What set-top boxes ask for beside media: lists of channels, and the guide."""
