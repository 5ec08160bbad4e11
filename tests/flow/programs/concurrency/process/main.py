from multiprocessing import Process

def work():
    pass

p = Process(target=work)
p.start()
