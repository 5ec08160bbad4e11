def add(a):
    def with_b(b):
        def with_c(c):
            return c()
        return with_c
    return with_b

def leaf():
    pass

add(1)(2)(leaf)
