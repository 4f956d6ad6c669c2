"""Good and bad viewers in great number, against a running channel (T-12, T-17, T-18)."""
