class Fast:
    def go(self):
        pass

class Slow:
    def go(self):
        pass
