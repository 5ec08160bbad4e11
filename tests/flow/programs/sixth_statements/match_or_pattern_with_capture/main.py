def f(): pass
def g(): pass
def run(cmd):
    match cmd:
        case ["go", action] | ["run", action]:
            action()
        case {"do": action, **rest}:
            action()
            rest["then"]()
run(["go", f])
run({"do": g, "then": f})
