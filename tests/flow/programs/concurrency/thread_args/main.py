from threading import Thread

def f():
    pass

def work(action):
    action()

thread = Thread(target=work, args=(f,))
thread.start()
