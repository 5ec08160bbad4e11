import atexit

def clean():
    pass

atexit.register(clean)
