class A:
    def __class_getitem__(cls, item):
        return cls

A[int]
