def run():
    def helper():
        inner()

    def inner():
        pass

    helper()

def helper():
    pass

run()
helper()
