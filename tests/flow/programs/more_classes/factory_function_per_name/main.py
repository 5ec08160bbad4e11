class A:
    def run(self):
        pass

class B:
    def run(self):
        pass

def make(name):
    return {"a": A, "b": B}[name]()

make("a").run()
