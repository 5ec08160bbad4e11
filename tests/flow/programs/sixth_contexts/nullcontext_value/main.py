from contextlib import nullcontext
def f(): pass
with nullcontext(f) as g:
    g()
