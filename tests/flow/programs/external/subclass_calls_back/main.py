import threading
class T(threading.Thread):
    def run(self): f()
def f(): pass
T().start()
