def a(): pass
def b(): pass
def low(x, y): y()
def high(*args): low(*args)
high(a, b)
