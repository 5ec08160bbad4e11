def a():
    raise ValueError
def b():
    pass
def c():
    pass
try:
    a()
except ValueError:
    b()
finally:
    c()
