class E(Exception):
    def log(self): pass
def inner():
    try:
        raise E()
    except E:
        raise
try:
    inner()
except E as e:
    e.log()
