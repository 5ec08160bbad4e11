from concurrent.futures import ProcessPoolExecutor

def work(action):
    action()

def f():
    pass

with ProcessPoolExecutor() as pool:
    list(pool.map(work, [f]))
