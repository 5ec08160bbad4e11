def f(): pass
def consume(it):
    for fn in it:
        fn()
consume(fn for fn in (f,))
