def end():
    pass

from b import middle

def start():
    middle()
