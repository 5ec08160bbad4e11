import pkg
pkg.a.f()
pkg.h()
