class S:
    def __init__(self): self.cb = None
    def fire(self): self.cb()
s = S()
