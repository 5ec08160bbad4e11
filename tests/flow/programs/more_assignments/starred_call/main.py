def f(): pass
def g(): pass
def h(): pass
*init, last = [f, g, h]
last()
init[1]()
