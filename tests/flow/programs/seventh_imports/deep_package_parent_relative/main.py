from app.core.run import go
go()
