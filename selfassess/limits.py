"""Every bound of what the program reads and writes, in one place, each with its reason."""

RESPONSE_BYTES = 8 * 1024 * 1024  # fifty times the largest honest response seen
DOCUMENT_BYTES = 2 * 1024 * 1024  # questionnaires, profiles, tenders, reviews
LINE_BYTES = 1024 * 1024  # one response in a bulk file
PRICES_BYTES = 1024 * 1024
EVIDENCE_BYTES = 100 * 1024 * 1024
DEPTH = 32  # deeper nesting succeeds on one Python and fails on the next: the verdict must not depend on the machine
CONDITION_DEPTH = 16
CONDITION_NODES = 64
NAME_CHARACTERS = 200
TITLE_CHARACTERS = 300
COMMENT_CHARACTERS = 4_000
TEXT_CHARACTERS = 400_000  # the whole text of one bid: a million characters hold a renderer for half a minute
COMBINING_MARKS = 8  # in a row; the cost of shaping them is quadratic
TABLE_ROWS = 2_000
EVIDENCE_ENTRIES = 1_000
QUESTIONS = 500
PROBLEMS_PRINTED = 1_000
BIDS = 5_000
PATH_PARTS = 8
PATH_PART_BYTES = 100
EXCERPT_CHARACTERS = 80
REPORT_SECONDS = 60
REPORT_BYTES = 1024 * 1024 * 1024  # memory of one report's process
REPORT_PAGES = 500
MATRIX_CELLS = 16_000  # questions times bids in one table; they take a renderer half a minute
