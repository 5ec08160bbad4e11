import weakref

class A:
    def run(self):
        pass

a = A()
ref = weakref.ref(a)
ref().run()
