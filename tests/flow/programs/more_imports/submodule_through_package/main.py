import pkg
import pkg.tools
pkg.tools.run()
