def f():
    pass

([f] * 3)[1]()
