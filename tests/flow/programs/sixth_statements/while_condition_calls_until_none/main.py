def source(): return job
def job(): pass
while (item := source()) is not None:
    item()
    break
