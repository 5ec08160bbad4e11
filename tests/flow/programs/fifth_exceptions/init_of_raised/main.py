class E(Exception):
    def __init__(self, msg):
        super().__init__(clean(msg))
def clean(s):
    return s
def fail():
    raise E("x")
try:
    fail()
except E:
    pass
