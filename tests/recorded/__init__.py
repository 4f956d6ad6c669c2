"""The recorded worker: media for tests, made without an encoder and stamped on the grid at any start."""
