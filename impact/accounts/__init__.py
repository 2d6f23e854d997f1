"""People, sign-in, staff roles, links that work once."""
