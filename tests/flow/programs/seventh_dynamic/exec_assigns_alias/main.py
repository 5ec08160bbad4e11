def a(): pass
exec("b = a")
b()
