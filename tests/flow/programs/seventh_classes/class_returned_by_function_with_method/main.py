def build():
    class Inner:
        def run(self): pass
    return Inner
build()().run()
