from contextlib import ExitStack
class R:
    def close(self): pass
r = R()
with ExitStack() as s:
    s.callback(r.close)
