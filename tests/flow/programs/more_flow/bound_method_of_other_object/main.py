def f():
    pass

def g():
    pass

class A:
    def switch(self):
        self.action = g

class B:
    pass

a = A()
b = B()
b.action = f
b.go = a.switch
b.go()
b.action()
