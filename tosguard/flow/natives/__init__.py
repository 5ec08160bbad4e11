"""What Python and its standard library do by themselves: collections, text, callbacks, files."""
