"""The control API as a whole: its document, and the sentences of its refusals."""
