def read(): return ""
for line in iter(lambda: read(), ""):
    pass
