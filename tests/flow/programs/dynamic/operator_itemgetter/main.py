from operator import itemgetter

def f():
    pass

def g():
    pass

itemgetter(1)([f, g])()
