"""What is measured and how: each module prints its own table."""
