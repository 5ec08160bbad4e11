from a import *
def h(): pass
