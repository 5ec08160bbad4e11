def fallback():
    pass

class A:
    def run(self):
        pass

getattr(A(), "missing", fallback)()
