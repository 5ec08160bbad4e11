def make():
    return worker

def worker():
    pass

def run(action=make()):
    action()

run()
