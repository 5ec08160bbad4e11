from lib import *
def cb():
    pass
register(cb)
fire()
