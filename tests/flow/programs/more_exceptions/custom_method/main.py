class E(Exception):
    def log(self): pass
try:
    raise E()
except E as e:
    e.log()
