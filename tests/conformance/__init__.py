"""Every rule of HLS that a running channel can be held to, and the recorder that watches one as a viewer would.

`answer` and `recording` are what was seen, `recorder` sees it, the `*_rules` modules judge it: each public
function there is one rule, `Recording -> sentences on what breaks it`. `suite` runs them all, `faults` breaks
each one.
"""
