"""Faults put into a running channel from outside, and what a viewer sees of them."""
