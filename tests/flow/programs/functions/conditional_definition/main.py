import sys

if sys.argv:
    def f():
        first()
else:
    def f():
        second()

def first():
    pass

def second():
    pass

f()
