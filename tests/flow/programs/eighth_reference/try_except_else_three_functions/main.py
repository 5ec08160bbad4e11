import sys
def load(): return ok
def ok(): pass
def bad(): pass
try:
    f = load()
except Exception:
    f = bad
else:
    f()
f()
