from multiprocessing import Pool

def work(x):
    return x

with Pool(4) as pool:
    pool.map(work, [1, 2])
