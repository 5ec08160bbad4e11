from pkg.core import Base
