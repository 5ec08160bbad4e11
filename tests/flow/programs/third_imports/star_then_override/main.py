from tools import *
def beta():
    pass
alpha()
beta()
