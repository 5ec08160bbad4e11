def deco(fn): return lambda: fn()
def work(): pass
work2 = deco(work)
work2()
