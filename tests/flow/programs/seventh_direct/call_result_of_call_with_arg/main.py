def id_(f): return f
def a(): return b
def b(): pass
id_(a)()()
