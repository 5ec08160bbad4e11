class Outer:
    class Inner:
        def __init__(self):
            self.boot()
        def boot(self):
            pass
    def make(self):
        return self.Inner()
Outer().make()
