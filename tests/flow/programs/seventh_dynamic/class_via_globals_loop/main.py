class A:
    def run(self): pass
for name in ["A"]:
    globals()[name]().run()
