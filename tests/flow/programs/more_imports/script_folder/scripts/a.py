from b import run

run()
