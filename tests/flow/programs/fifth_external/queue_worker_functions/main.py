import queue
def one():
    pass
q = queue.Queue()
q.put(one)
q.get()()
