class A:
    def __len__(self): return size()
def size(): return 0
if not A(): pass
