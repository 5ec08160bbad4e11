from state import s
def a(): pass
s.cb = a
s.fire()
