class E1(Exception):
    def fix(self): pass
class E2(Exception):
    def fix(self): pass
def risky(): raise E2()
try:
    risky()
except E1 as e:
    e.fix()
except E2 as e:
    e.fix()
