class A:
    def get(self):
        return 1

    value = property(get)

A().value
