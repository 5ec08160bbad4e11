from concurrent.futures import ThreadPoolExecutor
def work(x):
    return x
with ThreadPoolExecutor() as ex:
    list(ex.map(lambda x: work(x), [1]))
