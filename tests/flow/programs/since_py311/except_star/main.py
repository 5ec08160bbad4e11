class E(Exception):
    def note(self): pass
def boom():
    raise ExceptionGroup("x", [E()])
try:
    boom()
except* E as eg:
    eg.exceptions[0].note()
