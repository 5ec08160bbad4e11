def leaf(i, j):
    pass
fs = [[lambda: leaf(i, j) for j in range(2)] for i in range(2)]
for row in fs:
    for f in row:
        f()
