exec("def f():\n    pass")
f()
