"""What stands beside the code: scripts, command lines, configurations, what a project declares."""
