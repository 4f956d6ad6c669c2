"""What a deployment needs, computed before money is spent. Pure: the command asks and prints."""
