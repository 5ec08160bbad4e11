def f(): return True
def msg(): return "x"
assert f(), msg()
