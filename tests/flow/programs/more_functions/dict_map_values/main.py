def f(x):
    return x

table = {k: f(v) for k, v in {"a": 1}.items()}
