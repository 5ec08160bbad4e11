from operator import attrgetter
class In:
    def run(self): pass
class Out:
    def __init__(self): self.inner = In()
attrgetter("inner.run")(Out())()
