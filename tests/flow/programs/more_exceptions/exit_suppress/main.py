class S:
    def __enter__(self): pass
    def __exit__(self, *e): return True
with S():
    raise ValueError
f = 1
