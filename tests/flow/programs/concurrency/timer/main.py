from threading import Timer

def work():
    pass

Timer(1.0, work).start()
