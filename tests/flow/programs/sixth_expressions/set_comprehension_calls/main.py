def name(x): return x
def act(): pass
{f() for f in {act}}
{name(i): act for i in range(2)}[0]()
