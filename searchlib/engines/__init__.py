"""Engines: they keep articles and answer queries.

Front ends know the protocol and nothing else of an engine. `Index` is one class of several parts, each a family of methods.

base            the protocol, which is all that front ends know
embedded        `Index`: search; and create, open
opened          which commit it shows
upkeep          writing, merging, verifying, what it holds
exporting       scans (`scan`), tables, many queries (`batch`)
suggesting      completions, other spellings
relating        articles like one
reading_context words in context
comparing       queries over time
explaining      what a query means, and why it does not find an article
queries         text or tree, and dates → tree; chosen values are `choices`
pages           tree → page; snippets are made by `snippet_maker`
arguments       checks of arguments
snapshot_pool   snapshots that searches share
writing         the writer
"""
