def make(): return run
def run(): pass
def failed(): pass
try:
    f = make()
except ValueError:
    f = failed
else:
    f()
