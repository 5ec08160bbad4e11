from ns.inner.mod import f
f()
