import pkg
from pkg import a
pkg.a.f()
