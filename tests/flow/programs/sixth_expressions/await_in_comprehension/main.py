import asyncio
async def fetch(n): return n
async def act(): pass
async def run():
    values = [await fetch(i) for i in range(2)]
    jobs = {await f() for f in [act]}
asyncio.run(run())
