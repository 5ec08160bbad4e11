def ok(x): return True
def act(): pass
match act:
    case f if ok(f):
        f()
