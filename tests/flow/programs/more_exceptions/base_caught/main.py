class E(Exception):
    def log(self): pass
class F(E): pass
def boom(): raise F()
try:
    boom()
except E as e:
    e.log()
