"""Seats in the programs that people already run. Each module is for one of them, and an extra of its own brings what it needs.

    langchain       a retriever for LangChain
    llama_index     a retriever for LlamaIndex
    haystack2       a document store and a retriever for Haystack 2
    haystack        a backend of django-haystack
    mcp             a server of the Model Context Protocol
    datasette       a plugin for Datasette

What they share: `documents` are made of articles and articles of documents, `conditions` become trees of the query
language, and `field_words` make fields of any name and type searchable. Nothing here is imported by ``import searchlib``.
"""
