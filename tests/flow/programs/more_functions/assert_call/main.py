def check():
    return True

assert check(), "no"
