def f(): pass
(h := lambda: f())()
