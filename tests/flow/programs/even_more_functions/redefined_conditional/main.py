try:
    import nothing_here as j
except ImportError:
    j = None
if j:
    def f(): pass
else:
    def f(): g()
def g(): pass
f()
