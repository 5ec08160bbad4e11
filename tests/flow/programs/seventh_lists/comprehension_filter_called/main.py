def a(): pass
def keep(f): return True
fs = [f for f in [a] if keep(f)]
fs[0]()
