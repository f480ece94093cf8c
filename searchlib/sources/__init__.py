"""Files, streams and records → articles. `read` is the way in; every source is a small module behind it.

    reading         `read` and `Reading`: the files of a run, one after another
    inputs          what can be read, and the checks of the arguments
    one_file        one file: opened, unpacked, its kind told, its source called
    kinds           kinds of files, and how they are told apart
    base            what every source shares
    assembly        the last step of every source: fields → article, with notes
    date_orders     in which order a column has day and month
    files           folders, archives, compressed files
    processes       reading in several processes
    encodings       bytes → text
    records         JSON, tables and databases
    feed            RSS, Atom, JSON Feed
    web_pages       pages as they were saved
    page_texts      pages as they were copied, and plain texts
    wire            what agencies send
    documents       mails, Markdown, PDF, Word, e-books
    people          bylines and datelines, for every source

No source goes to the network.
"""

from searchlib.sources.base import FileDone
from searchlib.sources.files.folders import PassedOver, Skipped
from searchlib.sources.kinds import KINDS
from searchlib.sources.reading import Reading, read

__all__ = ["KINDS", "FileDone", "PassedOver", "Reading", "Skipped", "read"]
