import pkg.sub.deep as d
import pkg.sub.deep
d.f()
pkg.sub.deep.f()
