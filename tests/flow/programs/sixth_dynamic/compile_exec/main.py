def f(): pass
code = compile("f()", "x", "exec")
exec(code)
