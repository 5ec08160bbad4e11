class A:
    def __getattr__(self, name):
        return self.fallback

    def fallback(self):
        pass

A().anything()
