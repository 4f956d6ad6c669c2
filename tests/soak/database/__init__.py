"""The database dies under a running channel with an invited site, again and again."""
