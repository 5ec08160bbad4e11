import pkg.sub.leaf as leaf
import pkg
leaf.run()
pkg.sub.leaf.run()
