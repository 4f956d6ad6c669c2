"""Where a feed may lead."""
