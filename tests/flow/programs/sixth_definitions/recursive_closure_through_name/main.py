def build():
    def walk(n):
        if n: walk(n - 1)
        leaf()
    return walk
def leaf(): pass
build()(3)
