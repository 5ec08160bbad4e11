from concurrent.futures import ThreadPoolExecutor

def work():
    pass

def done(future):
    pass

pool = ThreadPoolExecutor()
pool.submit(work).add_done_callback(done)
