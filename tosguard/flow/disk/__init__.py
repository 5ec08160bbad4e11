"""What travels outside of memory: paths, directories, tables of a database, configuration files."""
