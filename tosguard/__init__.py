"""tosguard: a linter for terms of service and API usage."""

__version__ = "0.1.0"
