def f():
    pass

def g():
    pass

for i in []:
    f()
else:
    g()
