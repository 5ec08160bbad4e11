def f(): pass
def gen(): yield f
list(gen())[0]()
