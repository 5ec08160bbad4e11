def f(): pass
k, fn = {"a": f}.popitem()
fn()
