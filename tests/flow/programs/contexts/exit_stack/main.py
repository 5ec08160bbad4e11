from contextlib import ExitStack

class A:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def run(self):
        pass

def clean():
    pass

with ExitStack() as stack:
    a = stack.enter_context(A())
    stack.callback(clean)
    a.run()
