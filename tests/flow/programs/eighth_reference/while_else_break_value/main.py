import sys
def a(): pass
def b(): pass
n = len(sys.argv)
while n:
    f = a
    if n > 5: break
    n -= 1
else:
    f = b
f()
