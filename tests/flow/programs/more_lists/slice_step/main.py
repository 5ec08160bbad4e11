def f(): pass
def g(): pass
def h(): pass
[f, g, h][::2][1]()
