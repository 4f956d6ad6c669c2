"""The figures: latency, cost, origin. Speed is measured here, side by side in one run, and never by a test."""
