from multiprocessing import Pool

def work():
    pass

def done(result):
    pass

Pool().apply_async(work, callback=done)
