def check(): return True
def act(): pass
(check() and act)()
