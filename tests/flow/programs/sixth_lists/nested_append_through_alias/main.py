def f(): pass
rows = [[], []]
row = rows[0]
row.append(f)
rows[0][0]()
