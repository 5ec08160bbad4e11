import threading
def a(x):
    pass
def b():
    pass
threading.Thread(target=a, args=(1,)).start()
threading.Timer(1, b).start()
