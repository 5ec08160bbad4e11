def f(x): return x
x = f"{f("a")} {f'{f(1)}'}"
