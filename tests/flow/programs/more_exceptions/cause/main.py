class A(Exception):
    def one(self): pass
class B(Exception): pass
try:
    try:
        raise A()
    except A as a:
        raise B() from a
except B as b:
    b.__cause__.one()
