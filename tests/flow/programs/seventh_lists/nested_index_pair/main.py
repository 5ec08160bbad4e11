def a(): pass
def b(): pass
ls = [[a], [b, a]]
ls[1][0]()
