def make(): return act
def act(): pass
x = y = make()
y()
