from contextlib import closing

class A:
    def close(self):
        pass

    def run(self):
        pass

with closing(A()) as a:
    a.run()
