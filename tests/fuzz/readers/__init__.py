"""What a user hands in, each with seeds and one call that reads it."""
