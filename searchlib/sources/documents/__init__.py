"""Mails, Markdown, PDF, Word, OpenDocument, e-books → articles."""
