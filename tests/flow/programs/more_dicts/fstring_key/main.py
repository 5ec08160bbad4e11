def f(): pass
def g(): pass
n = "a"
{"do_a": f, "do_b": g}[f"do_{n}"]()
