def each(fn): fn()
