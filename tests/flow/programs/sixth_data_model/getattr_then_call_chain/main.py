class Proxy:
    def __init__(self, target): self.target = target
    def __getattr__(self, name): return getattr(self.target, name)
class T:
    def run(self): pass
Proxy(T()).run()
