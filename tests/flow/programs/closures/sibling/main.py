def outer():
    def first():
        second()

    def second():
        pass

    first()

outer()
