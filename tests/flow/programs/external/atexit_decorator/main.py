import atexit
@atexit.register
def bye(): pass
