from itertools import combinations, permutations
def f(): pass
def g(): pass
def h(): pass
for a, b in combinations([f, g], 2):
    a()
for pair in permutations({h: 1}, 1):
    pair[0]()
