def one():
    pass
def two():
    pass
fs = (one,)
fs += (two,)
fs[1]()
