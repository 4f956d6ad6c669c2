"""Who sits at the desk: accounts, what each may do, and for which part of the country."""
