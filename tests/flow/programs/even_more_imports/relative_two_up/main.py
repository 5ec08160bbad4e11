import pkg.a.b
pkg.a.b.go()
