"""Every kind of problem: its code, what its message says, and what to do.

A message is a ``str.format`` template whose fields the finder of the problem fills in; the hint is also what
``selfassess explain CODE`` tells. Tests name codes, never texts.
"""

from __future__ import annotations

from enum import Enum


class Severity(Enum):
    """Whether a problem must be mended (error) or read (warning), or is a figure that is always said (note)."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


class Code(Enum):
    """The code of a problem, with its message template, its hint and its severity."""

    def __init__(self, word: str, message: str, hint: str, severity: Severity = ERROR) -> None:
        self.word, self.message, self.hint, self.severity = word, message, hint, severity

    def __str__(self) -> str:
        return self.word

    def __lt__(self, other: object) -> bool:
        return self.word < other.word if isinstance(other, Code) else NotImplemented

    # fmt: off
    # -- reading a text ------------------------------------------------------------------------------------------
    FILE_MISSING = "file-missing", "there is no such file", "Check the name, or add the file."
    FILE_UNREADABLE = "file-unreadable", "the file cannot be read: {reason}", "Check that it is a plain file and that you may read it."
    LIMIT_SIZE = "limit-size", "the file has {size} bytes; at most {limit} are read", "Leave out what was not asked for; attach documents as evidence files."
    JSON_ENCODING = "json-encoding", "the file is not UTF-8: {reason}", "Save it as UTF-8 without a byte order mark."
    JSON_SYNTAX = "json-syntax", "this is not JSON: {reason}", "JSON has no comments and no trailing commas, and its texts stand in double quotes."
    JSON_DUPLICATE_KEY = "json-duplicate-key", 'the key "{key}" stands here twice', "Keep one of the two; nobody can know which was meant."
    JSON_NUMBER = "json-number", "{text} cannot be used as a number: it {reason}", "Write a plain decimal number such as 1000 or 12.5: at most 15 digits, no exponent."
    JSON_DEPTH = "json-depth", "the document is nested more than {limit} levels deep", "No document of this program needs that; check what wrote it."
    YAML_ENCODING = "yaml-encoding", "the file is not UTF-8: {reason}", "Save it as UTF-8 without a byte order mark."
    YAML_SYNTAX = "yaml-syntax", "this is not YAML as used here: {reason}", "One document, spaces for indentation, texts with special characters in quotes."
    YAML_DUPLICATE_KEY = "yaml-duplicate-key", 'the key "{key}" stands here twice', "Keep one of the two; nobody can know which was meant."
    YAML_ALIAS = "yaml-alias", "anchors, aliases and merge keys are not used here", "Write the value out where it is needed."
    YAML_TAG = "yaml-tag", "the tag {tag} is not used here", "Leave the tag out; the schema knows the type."
    YAML_DEPTH = "yaml-depth", "the document is nested more than {limit} levels deep", "No document of this program needs that; check what wrote it."
    YAML_COMMENT = "yaml-comment", "the text ends here, before a ' #' that YAML reads as a comment", "Put the text in quotes, or the comment on a line of its own."
    TEXT_CONTROL = "text-control", "the text has the control character {name} at character {position}", "Remove it."
    TEXT_UNPRINTABLE = "text-unprintable", "the fonts of reports have no {characters} ({scripts}); a box is printed in its place", "Write it in Latin, Greek or Cyrillic letters as well; a font such as {fonts} would have it.", WARNING
    TEXT_BIDI = "text-bidi", "the text has the direction control {name} at character {position}", "Remove it; in comments such controls must be balanced."
    TEXT_INVISIBLE = "text-invisible", "the text has the invisible character {name} at character {position}", "Remove it."
    TEXT_NOT_NFC = "text-not-nfc", "the text is not in Unicode's composed form (NFC)", "Type the text again, or normalise it to NFC."
    TEXT_SURROGATE = "text-surrogate", "the text has half of a character (a lone surrogate) at character {position}", "Write the whole character."
    TEXT_MARKS = "text-marks", "the text has more than {limit} combining marks in a row at character {position}", "Remove the surplus marks."
    TEXT_UNASSIGNED = "text-unassigned", "the text has the character {name} at character {position}, which Unicode 13 does not know", "Use another character."
    LIMIT_LENGTH = "limit-length", "the text has {length} characters; at most {limit} are allowed", "Shorten it."
    LIMIT_TEXT = "limit-text", "the texts of this bid have {length} characters together; at most {limit} are allowed", "Shorten the comments and texts."

    TRANSLATION_SYNTAX = "translation-syntax", "this is no PO file as read here: {reason}", "Save it as PO in UTF-8 from Poedit, Weblate or a like program; docs/translations.md says what is read."
    TRANSLATION_LANGUAGE = "translation-language", "the header's Language is {found}, the file is named {expected}", "Name the file as the language that it is in."
    TRANSLATION_UNKNOWN = "translation-unknown", "the questionnaire has no text {context}", "Bring the file up to date with selfassess new translation.", WARNING
    TRANSLATION_PLACEHOLDERS = "translation-placeholders", "the source of {context} takes the values {source}, the translation {found}", "Keep every name in braces as it is."
    TRANSLATION_NUMBERS = "translation-numbers", "the translation of {context} has other numbers than its source; missing: {missing}; other: {other}", "Write the same figures in digits; a decimal comma and a space between thousands are right."
    TRANSLATION_MARKUP = "translation-markup", "the translation of {context} has markup that its source has not", "Texts are plain: leave tags and entities such as &amp; out."
    TRANSLATION_MISSING = "translation-missing", "{count} of {all} texts are not translated, the first is {first}", "They are shown in the source language until they are.", WARNING
    TRANSLATION_FUZZY = "translation-fuzzy", "{count} of {all} translations are to be read again, the first is {first}", "Compare each with its source, then take the mark fuzzy away; until then the source is shown.", WARNING

    # -- the shape of a document ---------------------------------------------------------------------------------
    FORMAT = "format", "the format is {found}, not {expected}", "The first line of a document names its format."
    UNKNOWN_KEY = "unknown-key", 'there is no key "{key}" here', "The keys here are: {known}."
    MISSING_KEY = "missing-key", 'the key "{key}" is missing', "Add it; docs/documents.md says what it means."
    TYPE = "type", "{found} stands here where {expected} is expected", "Write {expected}."
    NUMBER_FORM = "number-form", "{text} is not a number as written here: it {reason}", "Write a plain decimal number such as 1000 or 12.5: at most 15 digits, no exponent, no grouping."
    DATE_FORM = "date-form", "{text} is not a date", "Write year-month-day, such as 2026-11-20."
    MOMENT_FORM = "moment-form", "{text} is not a point in time with its offset", "Write it like 2026-11-20T12:00:00+01:00."
    ID_FORM = "id-form", "{text} cannot be an id", "An id has letters A to Z, digits, dots and hyphens, and starts with a letter or digit; what names a folder has no ending such as .pdf."
    VERSION_FORM = "version-form", "{text} is not a version", "Write three numbers with dots, such as 1.0.0."
    DIGEST_FORM = "digest-form", "{text} is not a digest", "A digest is sha256: and 64 small hexadecimal digits."
    UNKNOWN_WORD = "unknown-word", "{text} is not one of the words allowed here", "Use one of: {known}."
    OUT_OF_RANGE = "out-of-range", "{value} lies outside {minimum} to {maximum}", "Check the number and its unit."
    EMPTY = "empty", "nothing stands here where at least one entry is needed", "Add an entry, or leave the key out where it may be absent."
    LIMIT_ROWS = "limit-rows", "there are {count} entries here; at most {limit} are allowed", "Leave out what was not asked for."
    LIMIT_PROBLEMS = "limit-problems", "there are more than {limit} problems here; the others are not looked for", "Mend what is listed; often one mistake is made many times."
    LIMIT_DEPTH = "limit-depth", "the condition is too large: at most {depth} levels and {nodes} parts", "Split it, or say it more simply."
    CONDITION_FORM = "condition-form", "this condition cannot be read: {reason}", "One subject and one comparison, or all, any or not of such; docs/documents.md lists them."

    # -- rules across a questionnaire ----------------------------------------------------------------------------
    DUPLICATE_ID = "duplicate-id", '{kind} "{id}" is defined twice', "Give one of them a new id; ids are unique also when capitals are ignored, and are never reused."
    UNKNOWN_QUESTION = "unknown-question", 'there is no question "{id}"', "Name a question of this questionnaire."
    UNKNOWN_SECTION = "unknown-section", 'there is no section "{id}"', "Name a section of this questionnaire."
    UNKNOWN_OPTION = "unknown-option", '"{id}" is not an option of {question}', "The options are: {known}."
    UNKNOWN_COLUMN = "unknown-column", 'table {question} has no column "{id}"', "The columns are: {known}."
    UNKNOWN_KIND = "unknown-kind", 'there is no evidence kind "{id}"', "The kinds are: {known}."
    UNKNOWN_REASON = "unknown-reason", '"{id}" is no reason for not applicable', "The reasons are: {known}."
    UNKNOWN_ROLE = "unknown-role", 'there is no role "{id}"', "The roles are: {known}."
    CONDITION_LOOKS_AHEAD = "condition-looks-ahead", "the condition of {question} looks at {target}, which does not come before it", "A condition may only look at earlier questions."
    CONDITION_TYPE = "condition-type", "{comparison} cannot be asked of {target}, which is of type {type}", "Compare with a value that the answer can have."
    CONDITION_TURNS_FALSE = "condition-turns-false", "a better answer to {target} can turn the condition of the scored question {question} false", "Turn the condition round, or let the profile name {question} in accepted_conditions."
    CONDITION_REWARDS_LOWER = "condition-rewards-lower", "a lower-scored answer to {target} opens the scored question {question}", "Check that this is meant.", WARNING
    SCORE_MISSING = "score-missing", "{question} says no scoring rule", "Give the rule, or say score: unscored."
    SCORE_RULE = "score-rule", "the rule of {question} does not fit its type: {reason}", "docs/documents.md says which rules each type takes."
    SCORE_RANGE = "score-range", "the score {value} lies outside 0 to 1", "A score runs from 0 to 1; weights say how much it counts."
    CURVE_ORDER = "curve-order", "the points of {question} do not rise from left to right", "Order them by their first number; a curve may name one x twice, steps may not."
    BEST_NOT_ONE = "best-not-one", "the best value of {question} is {best}, not 1", "Full marks cannot be reached; check that this is meant.", WARNING
    TABLE_RULE = "table-rule", "the table {question} is not complete: {reason}", "docs/documents.md says what a table needs."
    GATE_ALLOWS_NOT_APPLICABLE = "gate-allows-not-applicable", "{question} has a gate and permits not applicable", "A gate question permits no N/A; leave one of the two out."
    GATE_ON_TEXT = "gate-on-text", "{question} is a text and cannot have a gate", "Ask for something that can be compared."
    NUMBER_BOUNDS = "number-bounds", "the bounds of {question} leave no answer: {reason}", "minimum must not exceed maximum."
    CHECK_RULE = "check-rule", "the check {id} does not fit: {reason}", "docs/documents.md says what each check needs."
    COMPANY_SCOPE_AWARD = "company-scope-award", "{question} asks about the company as a whole and carries award weight", "Award criteria must be linked to what is bought (Directive 2014/24/EU, art. 67(2) and (3)); general company policy is not (recital 97).", WARNING
    EVIDENCE_RULE_MISSING = "evidence-rule-missing", "the scored question {question} asks for no evidence", "Say which evidence supports the claim; without it a signed statement is enough, and criteria must allow what bidders say to be verified (Directive 2014/24/EU, art. 67(4)).", WARNING
    BEST_IS_LEGAL_MINIMUM = "best-is-legal-minimum", "the best level of {question} is no more than its gate asks", "Let the points start above the legal minimum: a level that every lawful bid reaches compares nothing (Directive 2014/24/EU, art. 67(4); for smartphones Regulation (EU) 2023/1670, which applies since 20 June 2025).", WARNING

    # -- profiles, tenders, reviews ------------------------------------------------------------------------------
    PIN_MISMATCH = "pin-mismatch", "{expected} is named here, but the {document} is {found}", "Use the very version that is named, or name the one that is used."
    PIN_UNKNOWN = "pin-unknown", "there is no {document} {wanted}", "There are: {known}."
    WEIGHT_MISSING = "weight-missing", "the scored {kind} {id} has no weight", "Give it a weight; 0 is a weight too."
    WEIGHT_ON_UNSCORED = "weight-on-unscored", "{id} is not scored and cannot carry a weight", "Take the weight away."
    WEIGHT_NEGATIVE = "weight-negative", "the weight {value} of {id} is negative", "Weights are 0 or more."
    WEIGHTS_DO_NOT_ADD_UP = "weights-do-not-add-up", "the weights of {where} add up to {total}, not 100", "Change one of them, or use parts, which need not add up."
    WEIGHTS_ALL_ZERO = "weights-all-zero", "all weights of {where} are 0", "Give at least one of them a weight above 0."
    MINIMUM_RANGE = "minimum-range", "the minimum {value} lies outside 0 to {maximum}", "Minima of sections run from 0 to 1, that of the total from 0 to 100."
    BANDS_ORDER = "bands-order", "the bands do not fall from the highest to the lowest", "Order them by where they begin, the highest first, the last at 0."
    NOT_APPLICABLE_CAN_LEAVE = "not-applicable-can-leave", "in an award, approved N/A answers leave the sums", "Set not_applicable.cap to 0 if they shall count as 0: bidders must be measured alike (Directive 2014/24/EU, art. 18(1)).", WARNING
    UNKNOWN_LOT = "unknown-lot", 'there is no lot "{id}"', "The lots are: {known}."
    LOT_EMPTY = "lot-empty", "the lot {id} asks no scored question", "Let it select sections or questions that are scored."
    PRICE_MODEL = "price-model", "the price model {model} is not complete: {reason}", "docs/scoring-method.md gives each model's formula and parameters."
    PRICE_MODEL_RELATIVE = "price-model-relative", "under {model} a further bid can change the order of two others", "An absolute model, such as deduction, cannot be turned in this way; the choice is the buyer's within equal treatment and transparency (Directive 2014/24/EU, art. 18(1) and 67(5); KOFA 2017/114).", WARNING
    PRICE_CLAMP = "price-clamp", "the price points are cut off at the {end} end", "A limit below which a lower price earns no more points was struck down in Sweden (HFD 2022:41, which concerned the cheap end); at the dear end all prices beyond the limit count alike.", WARNING
    ENVIRONMENT_WEIGHT = "environment-weight", "in lot {lot}, {share} lies on environment and circularity: {said}", "Computed from the topics of the questions; a question with k topics counts 1/k to each.", NOTE
    ENVIRONMENT_SHARE = "environment-share", "in lot {lot}, {share} lies on environment and circularity, and a buyer is in Norway: {said}", "Norwegian buyers weigh climate and environment at 30 % or more as a rule (procurement regulation § 7-9, since 1 January 2024). Exceptions, with reasons in the tender documents: requirements of the specification clearly have a better effect; the purchase has a negligible footprint; criteria that are only ranked have it among the first three.", WARNING
    METHOD_NOT_PUBLISHED = "method-not-published", "the method of this tender has not been published", "Publish the method before the bids come in.", WARNING
    METHOD_CHANGED = "method-changed", "{what}: {before} was published, {after} is there now", "Put back what was published; another method is another tender, in a folder of its own. --what-if shows what the change would do."
    METHOD_PUBLISHED_LATE = "method-published-late", "the method was published at {moment}, after the deadline", "A method that is published before the bids come in shows that no bid shaped it; here nothing shows that.", WARNING
    REVIEW_REASON = "review-reason", "the entry gives no reason", "An entry without a reason is refused; say what was seen and where."
    REVIEW_USE = "review-use", "{action} cannot be used here: {reason}", "confirm, adjust, reject and accept-equivalent act on answers, approve and refuse on N/A; a supplier replies."
    REVIEW_VALUE = "review-value", "the entry's value does not fit: {reason}", "adjust takes a value from 0 to 1; above the claim it names a document received by the deadline."
    REVIEW_CHAIN = "review-chain", "the entry does not follow the one before: {found} is named, {expected} is there", "Entries are only ever appended; restore the log."
    REVIEW_UNSEALED = "review-unsealed", "the entry does not carry the digest of the one before", "Seal the log when it is complete.", WARNING
    REVIEW_STRAY = "review-stray", "{name} lies among the reviews and is no review's file", "A review is called after its bid and ends in .yaml; rename the file, or take it away."
    REVIEW_SUPPLIER = "review-supplier", "the review is about {found}, but lies under the name {expected}", "Rename the file, or correct the supplier."

    RECEIPT_MISMATCH = "receipt-mismatch", "{path} is not what was received by the deadline: {found} is there, {expected} was received", "Put the file back as it was received; receipts.json names every byte."
    RECEIPT_LATE = "receipt-late", "{path} was received at {moment}, after the deadline: {found} is there, {expected} was received by the deadline", "Move what came late out of the folder, and put back what was received by the deadline."
    RECEIPT_CHAIN = "receipt-chain", "the receipt does not follow what stands before it: {found} is named, {expected} is expected", "Receipts are only ever added, and bound to the tender as it was; restore both."

    # -- a response ----------------------------------------------------------------------------------------------
    ANSWER_TYPE = "answer-type", "{question} takes {expected}, not {found}", "Answer with {expected}."
    ANSWER_OPTION = "answer-option", '"{value}" is not an option of {question}', "Choose from: {known}."
    ANSWER_RANGE = "answer-range", "{value} lies outside {minimum} to {maximum} {unit}", "Check the number and its unit."
    ANSWER_DECIMALS = "answer-decimals", "{value} has more than {decimals} decimals", "Round it yourself; the program does not."
    ANSWER_REPEATED = "answer-repeated", '"{value}" is ticked twice', "Tick it once."
    ANSWER_EXCLUSIVE = "answer-exclusive", '"{value}" excludes the other options of {question}', "Tick it alone, or not at all."
    ANSWER_WEIGHTS = "answer-weights", "the column {column} of {question} adds up to 0", "Without weights the rows cannot be put together; fill the column in."
    ROW_KEY = "row-key", 'two rows of {question} have the key "{key}"', "Give each row its own {column}."
    CELL_MISSING = "cell-missing", "the row has no {column}", "Fill it in; the row counts as 0 without it."
    NOT_ASKED = "not-asked", "{question} is not asked here, since {reason}", "The answer is kept and changes nothing.", WARNING
    NOT_APPLICABLE_AND_ANSWER = "not-applicable-and-answer", "{question} is answered and said not to apply", "Keep one of the two; with both it counts as missing."
    NOT_APPLICABLE_REASON = "not-applicable-reason", '"{reason}" is not a reason that {question} permits', "The permitted reasons are: {known}."
    MISSING_ANSWER = "missing-answer", "{question} is not answered", "Answer it, or claim a permitted reason why it does not apply; missing counts as 0.", WARNING
    LOT_NOT_BID = "lot-not-bid", 'the response does not bid for the lot "{id}"', "Name the lot under lots, or remove what is said of it."
    TENDER_MISMATCH = "tender-mismatch", "this is for the tender {found}, not {expected}", "Put it into the folder of its own tender."
    SUPPLIER_ID = "supplier-id", "\"{id}\" cannot be the name of a bid's folder", "Use small letters a to z, digits, dots and hyphens, unique also to readers who ignore case, and no ending such as .pdf."
    BID_MISSING = "bid-missing", "the bid's folder has no response.json", "Put the response there."
    CROSS_CHECK = "cross-check", "{message}", "Check the figures against each other; the evaluator is shown the contradiction."
    DATE_IN_FUTURE = "date-in-future", "{date} lies after {day}", "Check the date."
    DAY_MISSING = "day-missing", "there is no day on which evidence must be valid", "Sign and date the declaration, or give the day with --date."
    DECLARATION_INCOMPLETE = "declaration-incomplete", "the declaration is not complete: {reason}", "Without name, position and date no answer counts as signed."

    # -- evidence ------------------------------------------------------------------------------------------------
    EVIDENCE_PATH = "evidence-path", "\"{path}\" is not a path below the bid's folder", "Write the file's name with plain letters, digits, dots, hyphens and underscores, such as evidence/report.pdf."
    EVIDENCE_MISSING = "evidence-missing", "there is no file {path}", "Add the file to the bid, or take the entry out."
    EVIDENCE_LINK = "evidence-link", "{path} is not a plain file of its own", "Links, pipes and devices are not read; put the file itself there."
    EVIDENCE_HASH = "evidence-hash", "{path} has the digest {found}, but {expected} is declared", "Declare the digest of the file that is sent."
    EVIDENCE_UNLISTED = "evidence-unlisted", "the file {path} is in the bid but not in its list of evidence", "List it, or take it out.", WARNING
    EVIDENCE_SIZE = "evidence-size", "{path} is larger than {limit} bytes", "Send a smaller file."
    EVIDENCE_KIND = "evidence-kind", "{id} is of kind {kind}, which {question} does not accept", "The question accepts: {known}."
    EVIDENCE_NOT_VALID = "evidence-not-valid", "{id} is not valid on {day}: {reason}", "It counts as no evidence."
    EVIDENCE_NO_ROW = "evidence-no-row", "{id} supports the table {question}, but names no row of it", "Name the rows that the document is about, such as W18/site-1; a row that no document names has the declaration alone.", WARNING
    EVIDENCE_GAP = "evidence-gap", "{question} asks for evidence of grade {asked}; {counted}", "Add a document of that grade which is valid on the day and names the question, of a table its rows; until then the claim counts nothing.", WARNING
    DECLARATION_GAP = "declaration-gap", "{document} shows more than is claimed: {why}", "State the grade that the document has, and claim what it shows; what is not claimed earns nothing.", WARNING
    NO_LOT = "no-lot", "the response bids for no lot of this tender", "Name under lots the ids of the lots that are bid for."
    BID_STRAY = "bid-stray", "{name} lies among the bids and is no bid's folder", "Put each bid into a folder of its own, or take the file away.", WARNING
    EVIDENCE_SUPPORTS = "evidence-supports", '{id} is said to support "{target}", which is not there', "Name a question, or a question and a row such as W18/site-1."

    # -- archives of bids ----------------------------------------------------------------------------------------
    ARCHIVE_NAME = "archive-name", '"{path}" in the archive is not a path below a bid\'s folder', "Pack the bid with selfassess pack; nothing of this archive was written."
    ARCHIVE_DUPLICATE = "archive-duplicate", "{path} and {other} in the archive are one file on many systems", "Keep one of them; nothing of this archive was written."
    ARCHIVE_MEMBER = "archive-member", "{path} in the archive is neither a plain file nor a folder", "Pack the file itself; nothing of this archive was written."
    ARCHIVE_LIMIT = "archive-limit", "the archive is too large: {reason}", "Leave out what was not asked for; nothing of this archive was written."
    ARCHIVE_ENCRYPTED = "archive-encrypted", "{path} in the archive is encrypted", "Pack it without a password; nothing of this archive was written."
    ARCHIVE_DAMAGED = "archive-damaged", "the archive cannot be trusted: {reason}", "Pack the bid anew and send it again; nothing of this archive was written."
    ARCHIVE_MANIFEST = "archive-manifest", "the archive is not what its manifest.json says: {reason}", "Pack the bid with selfassess pack; nothing of this archive was written."
    ARCHIVE_NESTED = "archive-nested", "{path} is itself an archive", "What lies in it is hashed as one file and never opened.", WARNING

    # -- workbooks of answers ------------------------------------------------------------------------------------
    WORKBOOK_UNREADABLE = "workbook-unreadable", "the workbook cannot be read: {reason}", "Fill in the workbook that export --xlsx has written, and save it as .xlsx."
    WORKBOOK_FOREIGN = "workbook-foreign", "this is no workbook of answers: {reason}", "Write one with selfassess export --xlsx; its hidden first column and row must stay."
    WORKBOOK_FORMULA = "workbook-formula", "a formula or an error stands here: {text}", "Type the value itself; what a formula gave is not known here."
    WORKBOOK_STRAY = "workbook-stray", "{text} stands where nothing is asked", "Move it into a cell that asks for it, or delete it; it was not taken over."
    WORKBOOK_TWICE = "workbook-twice", "{id} is answered in two rows of the workbook", "Delete one of them; the first was taken over."

    # -- prices and results --------------------------------------------------------------------------------------
    PRICES_FORM = "prices-form", "{reason}", "prices.csv has the columns supplier, lot, price and currency, with commas, and prices such as 1250000.00."
    PRICES_ENCODING = "prices-encoding", "the file is not UTF-8: {reason}", "Save it as UTF-8 without a byte order mark (in a spreadsheet: CSV UTF-8, then remove the mark)."
    PRICE_FORM = "price-form", "{text} is not a price", "Write digits with a decimal point, such as 1250000.00: no grouping, no decimal comma."
    PRICE_MISSING = "price-missing", "there is no price of {supplier} for the lot {lot}", "The bid is assessed but not ranked in this lot; add the price."
    PRICE_REPEATED = "price-repeated", "the price of {supplier} for the lot {lot} stands here twice", "Keep one; until then the bid is not ranked in this lot."
    PRICE_FOREIGN = "price-foreign", "the price is in {found}, but the tender is in {expected}", "Give the price in the tender's currency; until then the bid is not ranked in this lot."
    PRICE_NOT_POSITIVE = "price-not-positive", "the price {price} is not above 0", "Check the price; until then the bid is not ranked in this lot."
    PRICE_UNKNOWN_BID = "price-unknown-bid", "there is no bid of {supplier} for the lot {lot}", "Check the names, or add the bid."
    ASSESSMENT_DIFFERS = "assessment-differs", "{found} stands here, but the file's own documents give {expected}", "Restore the file, or compute the assessment again; nothing in it is written by hand."
    PREVIOUS_MISMATCH = "previous-mismatch", "this file of the earlier round is not used: {reason}", "Give the results folder of the earlier round as evaluate wrote it, with the questionnaire that it rests on."
    NAME_LOOKALIKE = "name-lookalike", "the suppliers {first} and {second} have names that look alike", "Check that they are two suppliers.", WARNING
    # fmt: on
