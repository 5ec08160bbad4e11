HANDLERS = {}

def register(name):
    def deco(f):
        HANDLERS[name] = f
        return f
    return deco

@register("a")
def first():
    pass

@register("b")
def second():
    pass

HANDLERS["b"]()
