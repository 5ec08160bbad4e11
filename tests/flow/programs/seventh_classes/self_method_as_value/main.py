class A:
    def __init__(self): self.handlers = [self.one, self.two]
    def one(self): pass
    def two(self): pass
    def run(self): self.handlers[0]()
A().run()
