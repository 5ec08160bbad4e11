def f(): pass
for fn, n in zip([f], [1], strict=True):
    fn()
