import logging
class H(logging.Handler):
    def emit(self, r): f()
def f(): pass
logging.getLogger().addHandler(H())
