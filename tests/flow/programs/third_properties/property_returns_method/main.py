class A:
    @property
    def f(self):
        return self._f
    def _f(self):
        pass
A().f()
