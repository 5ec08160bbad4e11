class A:
    def __len__(self):
        return 0

len(A())
