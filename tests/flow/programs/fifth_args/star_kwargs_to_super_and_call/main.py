def one():
    pass
class A:
    def run(self, *args, **kwargs):
        kwargs["f"]()
class B(A):
    def run(self, *args, **kwargs):
        super().run(*args, **kwargs)
B().run(1, f=one)
