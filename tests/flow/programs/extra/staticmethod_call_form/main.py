class A:
    def plain():
        pass

    plain = staticmethod(plain)

A.plain()
