"""The threats of feeds at their full counts, against the running product (T-01 to T-10)."""
