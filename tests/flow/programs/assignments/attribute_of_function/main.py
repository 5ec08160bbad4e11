def helper():
    pass

def f():
    pass

f.hook = helper
f.hook()
