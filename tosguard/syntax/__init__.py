"""Python source to the intermediate representation. Import the modules; this package imports nothing itself."""
