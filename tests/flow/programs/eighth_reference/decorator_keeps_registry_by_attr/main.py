def handler(event):
    def deco(fn):
        fn.event = event
        return fn
    return deco
@handler("x")
def a(): pass
if a.event == "x":
    a()
