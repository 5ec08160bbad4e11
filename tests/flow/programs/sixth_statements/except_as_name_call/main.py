class Oops(Exception):
    def __init__(self, hook):
        self.hook = hook
def fix(): pass
def risky(): raise Oops(fix)
try:
    risky()
except Oops as error:
    error.hook()
