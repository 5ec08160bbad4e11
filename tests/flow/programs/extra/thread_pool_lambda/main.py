from concurrent.futures import ThreadPoolExecutor

def work(x):
    return x

with ThreadPoolExecutor() as pool:
    pool.submit(lambda: work(1))
