def f(): pass
def nxt(): return f
n = 0
while (g := nxt()) and n < 1:
    g()
    n += 1
