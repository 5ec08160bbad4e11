import builtins
class A:
    def __len__(self): return 1
builtins.len(A())
getattr(builtins, "len")(A())
