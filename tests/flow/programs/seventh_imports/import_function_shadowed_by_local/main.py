from tool import f
def f(): pass
f()
