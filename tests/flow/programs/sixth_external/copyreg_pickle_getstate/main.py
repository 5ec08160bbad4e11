import pickle
class A:
    def __getstate__(self): return state()
def state(): return {}
pickle.dumps(A())
