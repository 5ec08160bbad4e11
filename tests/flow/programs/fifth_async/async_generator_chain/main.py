import asyncio
async def source():
    yield one
def one():
    pass
async def main():
    async for f in source():
        f()
asyncio.run(main())
