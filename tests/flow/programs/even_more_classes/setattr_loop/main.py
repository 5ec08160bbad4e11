class A:
    def __init__(self, **kw):
        for k, v in kw.items():
            setattr(self, k, v)
def f(): pass
A(cb=f).cb()
