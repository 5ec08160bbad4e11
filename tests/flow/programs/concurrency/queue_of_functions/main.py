from queue import Queue

def f():
    pass

q = Queue()
q.put(f)
q.get()()
