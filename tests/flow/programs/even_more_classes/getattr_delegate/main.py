class Inner:
    def run(self): pass
class Outer:
    def __init__(self):
        self._i = Inner()
    def __getattr__(self, name):
        return getattr(self._i, name)
Outer().run()
