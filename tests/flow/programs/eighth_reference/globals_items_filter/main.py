def cmd_a(): pass
def cmd_b(): pass
table = {"a": globals()["cmd_a"]}
table["a"]()
