def a(): pass
def run(**kw):
    fn = kw.get("fn")
    if fn:
        fn()
run(fn=a, other=1)
