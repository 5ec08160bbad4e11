def one():
    pass
class A:
    def __init__(self, callback=None, **rest):
        self.callback = callback
class B(A):
    def __init__(self, **kw):
        super().__init__(**kw)
B(callback=one).callback()
