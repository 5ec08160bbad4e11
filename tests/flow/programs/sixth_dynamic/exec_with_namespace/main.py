def f(): pass
ns = {"f": f}
exec("g = f", ns)
ns["g"]()
