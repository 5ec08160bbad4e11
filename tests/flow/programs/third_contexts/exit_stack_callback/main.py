from contextlib import ExitStack
def cleanup():
    pass
class R:
    def __enter__(self):
        return self
    def __exit__(self, *a):
        pass
    def go(self):
        pass
with ExitStack() as stack:
    r = stack.enter_context(R())
    stack.callback(cleanup)
    r.go()
