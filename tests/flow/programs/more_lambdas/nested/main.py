def f(): pass
(lambda x: lambda: x())(f)()
