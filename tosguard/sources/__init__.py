"""Which files there are, what they say as text, and what git knows about them. Import the modules."""
