from pkg import go
go()
