from tool import main as go
go()
