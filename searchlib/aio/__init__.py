"""searchlib, awaited: an index in programs that run on asyncio.

    async with await searchlib.aio.open("news.index") as index:
        page = await index.search("climate summit", since="2023-09")
        async for hit in index.scan("climate"):
            ...

An index is asked in threads, of which it has a bounded number; what comes when all have work waits in line, in the event
loop. Where a task is cancelled (`Task.cancel`, `asyncio.timeout`), its search is stopped in the kernels, and the task
goes on once that has happened: nothing runs on behind its back. It works on asyncio; not on trio.

turns      the threads, and who has one
index      `AsyncIndex`, `open`
rows       what a query finds, one after the other
writer     `AsyncWriter`
"""

from searchlib.aio.index import AsyncIndex, open  # noqa: A004 - the word users say
from searchlib.aio.rows import AsyncRows, AsyncScan
from searchlib.aio.writer import AsyncWriter

__all__ = ["AsyncIndex", "AsyncRows", "AsyncScan", "AsyncWriter", "open"]
