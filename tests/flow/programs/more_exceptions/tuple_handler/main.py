class A(Exception):
    def log(self): pass
class B(Exception):
    def log(self): pass
try:
    raise A()
except (A, B) as e:
    e.log()
