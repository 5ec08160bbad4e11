class A: pass
class B: pass
def fa(x): pass
def fb(x): pass
table = {A: fa, B: fb}
def go(x): table[type(x)](x)
go(A())
