class K:
    def __hash__(self):
        return 1
def one():
    pass
k = K()
table = {k: one}
table[k]()
