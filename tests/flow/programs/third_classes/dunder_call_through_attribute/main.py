class Inner:
    def __call__(self):
        pass
class Outer:
    def __init__(self):
        self.inner = Inner()
    def go(self):
        self.inner()
Outer().go()
