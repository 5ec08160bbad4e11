from pkg.sub.a import go

go()
