class A:
    def run(self):
        pass

a = A()
action = a.run
action()
