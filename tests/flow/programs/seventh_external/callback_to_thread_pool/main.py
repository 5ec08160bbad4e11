from concurrent.futures import ThreadPoolExecutor
def work(x): return step(x)
def step(x): return x
with ThreadPoolExecutor() as pool:
    list(pool.map(work, [1]))
