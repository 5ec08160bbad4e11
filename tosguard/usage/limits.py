"""The numbers and lists that classification turns on, in one place."""

from __future__ import annotations

#: Fewer literal items than this are no bulk (the vocabulary's "fewer than ten").
HANDFUL = 10

#: As many combinations of literal items as this are a bulk, however short each list is.
COMBINATIONS = 100

#: A platform read of at most this many items is context for a reply, not a copy.
FEW_PLATFORM_ITEMS = 50

#: Files that hold one document rather than rows.
DOCUMENT_SUFFIXES = (
    ".txt",
    ".tex",
    ".pdf",
    ".md",
    ".docx",
    ".doc",
    ".html",
    ".htm",
    ".epub",
    ".mp3",
    ".wav",
    ".mp4",
    ".m4a",
)

#: Files that hold rows.
ROW_SUFFIXES = (
    ".jsonl",
    ".json",
    ".csv",
    ".tsv",
    ".parquet",
    ".xlsx",
    ".arrow",
    ".db",
    ".sqlite",
    ".pkl",
    ".xml",
    ".yaml",
    ".yml",
)

#: Loop kinds that repeat a call over the elements of something.
DATA_LOOPS = frozenset({"for", "comprehension", "map", "pool", "gather", "apply", "queue"})

#: An answer that is compared in more files than this pervades a program: its comparisons are how the program works.
PERVADING_FILES = 30

#: A value that ends in more functions than this is what a whole program works with.
PERVADING_FUNCTIONS = 90

#: What may be one of more texts than this is written by a whole program, as a log is: that one of them speaks of a
#: score says nothing of an answer that gets there.
SHARED_TEXTS = 60

#: File names this similar (0 to 100) are taken for one file under two names: weak evidence.
SIMILAR_NAME = 82

#: A file name shorter than this is not compared.
SHORTEST_NAME = 6

#: A set of shared record keys smaller than this says nothing.
FEWEST_SHARED_KEYS = 2

#: A trace shows at most this many intermediate steps.
MOST_STEPS = 14

#: A trace shows where the values of at most this many calls of one site are born.
MOST_BIRTHS = 12

#: A trace shows at most this many clues of one kind.
MOST_OF_A_KIND = 6

#: A usage cites at most this many places for one kind of evidence, and counts the others.
MOST_CITED = 5

#: A message lists at most this many fields of a record, and counts the others.
MOST_FIELDS = 8

#: A trace shows at most this many calls further out through which a value is returned.
MOST_CALLERS = 3

#: Evidence texts quote at most this many characters of a name.
LONGEST_QUOTE = 60
