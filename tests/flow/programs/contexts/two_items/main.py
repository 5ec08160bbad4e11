class A:
    def __enter__(self):
        pass

    def __exit__(self, *error):
        self.close()

    def close(self):
        pass

class B:
    def __enter__(self):
        pass

    def __exit__(self, *error):
        pass

with A(), B():
    pass
