import a
a.fa()
