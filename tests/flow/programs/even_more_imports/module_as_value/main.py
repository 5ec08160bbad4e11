import a, b
for m in (a, b):
    m.f()
