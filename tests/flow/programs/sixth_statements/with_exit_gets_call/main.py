class Guard:
    def __init__(self, hook): self.hook = hook
    def __enter__(self): return self.hook
    def __exit__(self, *e):
        self.clean()
    def clean(self): pass
def f(): pass
with Guard(f) as a, Guard(a) as b:
    b()
