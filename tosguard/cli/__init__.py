"""The command line: the only room with click, exit codes and progress."""
