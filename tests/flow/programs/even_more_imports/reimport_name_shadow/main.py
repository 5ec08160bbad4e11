from a import f
from b import f
f()
