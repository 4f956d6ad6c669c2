"""Which feed is on air: rules over measured facts, and what an operator says."""
