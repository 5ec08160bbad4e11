from contextlib import ExitStack
class R:
    def __enter__(self): return self
    def __exit__(self, *e): pass
    def use(self): pass
with ExitStack() as stack:
    r = stack.enter_context(R())
    r.use()
