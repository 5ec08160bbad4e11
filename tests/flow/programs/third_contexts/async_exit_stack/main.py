import asyncio
from contextlib import AsyncExitStack
class R:
    async def __aenter__(self):
        return self
    async def __aexit__(self, *a):
        pass
    def go(self):
        pass
async def main():
    async with AsyncExitStack() as s:
        r = await s.enter_async_context(R())
        r.go()
asyncio.run(main())
