def audit(f):
    def wrapper(self, *a):
        return f(self, *a)
    return wrapper

class A:
    @audit
    def run(self, action):
        action()

    @staticmethod
    @audit
    def plain(x):
        pass

def leaf():
    pass

A().run(leaf)
