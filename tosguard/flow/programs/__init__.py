"""What a program is given from outside: its modules, options, flags and settings."""
