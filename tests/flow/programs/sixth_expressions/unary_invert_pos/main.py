class N:
    def __invert__(self): return Other()
    def __pos__(self): return self
class Other:
    def run(self): pass
(~+N()).run()
