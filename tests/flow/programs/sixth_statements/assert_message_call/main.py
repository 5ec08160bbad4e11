def check(): return True
def text(): return "t"
assert check(), text()
