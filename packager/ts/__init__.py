"""The same encode once more as MPEG-TS, for boxes that know nothing else (ISO/IEC 13818-1).

Nothing here reads a clock or writes anywhere, and what comes out depends on what goes in alone: whoever makes a
segment, on whichever machine and in whichever life, makes the same bytes.

    listing    which segments there are, drawn from the windows of picture and sound
    recipe     what one of them is made from
    samples    CMAF segments taken apart into pictures and sound frames
    avc, adts  pictures and sound as a transport stream has them
    segment    one segment: PES packets in order of their time, cut into packets of 188 bytes
    remuxer    makes a segment when somebody asks for it, once
"""
