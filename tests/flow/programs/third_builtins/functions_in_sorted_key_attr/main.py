class Job:
    def __init__(self, n):
        self.n = n
    def rank(self):
        return self.n
jobs = [Job(2), Job(1)]
sorted(jobs, key=Job.rank)
