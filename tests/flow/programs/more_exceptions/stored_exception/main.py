class E(Exception):
    def log(self): pass
err = None
try:
    raise E()
except E as e:
    err = e
err.log()
