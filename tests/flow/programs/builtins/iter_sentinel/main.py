def read():
    return None

for part in iter(read, None):
    pass
