from itertools import product
def a(): pass
def b(): pass
for x, y in product([a], [b]):
    y()
