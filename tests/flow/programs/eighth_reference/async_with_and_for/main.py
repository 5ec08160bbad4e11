import asyncio
class S:
    async def __aenter__(self): return self
    async def __aexit__(self, *e): pass
    def __aiter__(self): return self
    async def __anext__(self): return act
def act(): pass
async def main():
    async with S() as s:
        async for f in s:
            f()
            break
asyncio.run(main())
