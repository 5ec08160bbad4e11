from concurrent.futures import ThreadPoolExecutor

def work():
    return f

def f():
    pass

pool = ThreadPoolExecutor()
future = pool.submit(work)
future.result()()
