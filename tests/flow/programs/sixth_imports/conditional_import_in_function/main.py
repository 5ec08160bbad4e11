def load(fast):
    if fast:
        import x as mod
    else:
        import y as mod
    return mod.f
load(True)()
