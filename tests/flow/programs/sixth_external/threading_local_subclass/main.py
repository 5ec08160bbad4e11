import threading
class W(threading.Thread):
    def __init__(self, fn):
        super().__init__()
        self.fn = fn
    def run(self): self.fn()
def f(): pass
w = W(f)
w.start()
