"""Who may watch: tokens in the addresses of media, checked before anything is parked, read or cached."""
