from concurrent.futures import ThreadPoolExecutor, as_completed

def work():
    return f

def f():
    pass

with ThreadPoolExecutor() as pool:
    futures = [pool.submit(work) for _ in range(3)]
    for future in as_completed(futures):
        future.result()()
