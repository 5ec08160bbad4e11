from b import run
