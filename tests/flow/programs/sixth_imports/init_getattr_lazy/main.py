import pkg
pkg.lazy.f()
