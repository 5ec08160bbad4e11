class Guard:
    def __enter__(self):
        return self
    def __exit__(self, *a):
        return handle()
def handle():
    return True
def risky():
    raise ValueError
with Guard():
    risky()
