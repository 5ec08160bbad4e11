def on_a():
    pass

def on_b():
    pass

kind = "a"
globals()[f"on_{kind}"]()
