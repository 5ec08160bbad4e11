class A:
    def run(self): pass
def get(): return A
get()().run()
