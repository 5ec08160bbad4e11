def a(): pass
(lambda *, f: f())(f=a)
