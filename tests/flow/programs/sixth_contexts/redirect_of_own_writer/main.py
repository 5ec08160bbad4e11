from contextlib import redirect_stdout
class W:
    def write(self, s): self.got(s)
    def got(self, s): pass
    def flush(self): pass
with redirect_stdout(W()):
    print("x")
