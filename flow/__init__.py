"""The nouns that pass between the rooms, and the doors they pass through.

Standard library only, no input or output, no clock of its own. Every room may import this one; it imports
none of them. What is not handed from one room to another does not belong here.

    feed ──ingest──▶ Tick ──transcode──▶ Init, Chunk ──packager──▶ store ──origin──▶ viewers
"""
