from pkg.b import g
g()
