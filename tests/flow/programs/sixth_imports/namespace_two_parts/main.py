from ns.one import f
f()
