class A:
    class B:
        def run(self):
            pass

A.B().run()
