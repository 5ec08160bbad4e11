def a(): pass
def fs(): return [a]
fs()[0]()
