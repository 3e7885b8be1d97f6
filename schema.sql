-- The store: one SQLite file of government work reports (政府工作报告) and what they say.
--
-- This file is the only DDL. Any SQLite from 3.37 on reads the tables, and searches the text, without zhenzhi.
--
-- Positions ("start", "end") count characters (Unicode scalar values) of documents.text from 0, the end exclusive:
--     substr(text, start + 1, "end" - start)
-- is the quote. Years are calendar years. Dates are ISO 8601 (2023-01-12). Percentages are stored as written:
-- 36.8 is 36.8 %. Every number stands in its base unit, 万 and 亿 multiplied out: 16.86亿元 is 1686000000 元.

-- The letters ZhZh: this file is a zhenzhi store.
PRAGMA application_id = 0x5A685A68;
-- The version of this schema. A program opens its own version and older ones.
PRAGMA user_version = 1;

-- What the file says of itself: title; made_by, the program that made it; reader, the version of the program that last
-- wrote to it; vocabulary, a digest of the two tables below; created, UTC.
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The vocabulary: what reports measure, each under one id whatever it is called.
CREATE TABLE indicators (
    id TEXT PRIMARY KEY,        -- stable, ASCII with underscores: fixed_asset_investment
    name_zh TEXT NOT NULL,      -- usual Chinese name: 固定资产投资
    name_en TEXT NOT NULL,      -- usual English name
    unit TEXT NOT NULL,         -- base unit of its values: 元, 人, %
    definition TEXT NOT NULL    -- one line: what it is and whose definition that is
) STRICT;

-- Every name that an indicator goes by, its usual names included. A name that several share means the one whose usual
-- name it is.
CREATE TABLE indicator_names (
    name TEXT NOT NULL,
    lang TEXT NOT NULL CHECK (lang IN ('zh', 'en')),
    indicator TEXT NOT NULL REFERENCES indicators (id) ON DELETE CASCADE,
    PRIMARY KEY (indicator, lang, name)
) STRICT, WITHOUT ROWID;

-- What a name means.
CREATE INDEX indicator_names_by_name ON indicator_names (name);

-- Files as they came in.
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,      -- file name; below an imported folder the path from that folder, with /
    sha256 TEXT NOT NULL UNIQUE,    -- of the file's bytes, 64 lower-case hexadecimal digits
    format TEXT NOT NULL,           -- text, …
    encoding TEXT NOT NULL,         -- charset by its WHATWG name: UTF-8, gb18030, UTF-16LE
    size_bytes INTEGER NOT NULL,    -- of the file
    text TEXT NOT NULL,             -- the decoded text, otherwise unaltered
    imported_at TEXT NOT NULL       -- UTC, ISO 8601 with seconds
) STRICT;

-- Places that give reports: one row a place, whatever number of reports it has.
CREATE TABLE towns (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,     -- as its people say it: 北仓镇
    -- town 镇; township 乡; subdistrict 街道; county 县; district 市辖区; county-city 县级市; city 地级市; prefecture 地区,
    -- 自治州, 盟; province 省, 自治区; municipality 直辖市; other: a development zone and whatever else gives a report
    kind TEXT NOT NULL CHECK (kind IN ('town', 'township', 'subdistrict', 'county', 'district', 'county-city', 'city',
        'prefecture', 'province', 'municipality', 'other')),
    code TEXT UNIQUE,       -- division code of 2, 4, 6 or 9 digits; null where nothing settles which place it is
    county TEXT,            -- county or district that it lies in; null for a county and above, or unknown
    city TEXT,              -- prefecture-level city, or the municipality, that it lies in
    province TEXT           -- province, region or municipality
) STRICT;

-- Places by name. A place without a code is known by its name and what it lies in.
CREATE UNIQUE INDEX towns_by_name
    ON towns (name, ifnull(county, ''), ifnull(city, ''), ifnull(province, ''), ifnull(code, ''));

-- Reports: each as given at one session of a people's congress.
CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,                   -- 1 for the first report of its file
    town_id INTEGER REFERENCES towns (id),      -- null where the report names no place
    start INTEGER NOT NULL,                     -- the report's characters of documents.text
    "end" INTEGER NOT NULL,
    title TEXT,                                 -- as the masthead has it
    congress INTEGER,                           -- 届
    meeting INTEGER,                            -- 次
    held_on TEXT,                               -- date on which the report was given
    speaker TEXT,                               -- who gave it
    speaker_title TEXT,                         -- the speaker's office: 北仓镇人民政府镇长
    review_year INTEGER,                        -- year that the report looks back on
    plan_year INTEGER,                          -- year that it plans; null where it has no plan
    stated_year INTEGER,                        -- what title or headings claim, where that differs from review_year
    year_ground TEXT,                           -- the quote that settled the year
    UNIQUE (document_id, ordinal),
    CHECK (0 <= start AND start <= "end")
) STRICT;

-- Reports of a place, the latest last.
CREATE INDEX sessions_of_town ON sessions (town_id, review_year);

-- Parts of a report, each with its heading and the parts below it.
CREATE TABLE sections (
    id INTEGER PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    parent_id INTEGER REFERENCES sections (id) ON DELETE CASCADE,   -- null for a main part
    ordinal INTEGER NOT NULL,                                       -- 1 for the first of the report, in reading order
    level INTEGER NOT NULL,     -- 1 a main part, 2 a chapter in it, 3 a run-in heading that opens a paragraph
    -- front: title, notice, salutation; review: work done; problems: difficulties; plan: work to do; targets: the
    -- expected main figures; guideline: general requirement of the plan; closing: the closing appeal
    type TEXT NOT NULL CHECK (type IN ('front', 'review', 'problems', 'plan', 'targets', 'guideline', 'closing')),
    heading TEXT,               -- as written, numbering included; null for a part without one
    start INTEGER NOT NULL,     -- heading and body, up to the next section of the same or a higher level
    "end" INTEGER NOT NULL,
    UNIQUE (session_id, ordinal),
    CHECK (0 <= start AND start <= "end")
) STRICT;

-- Parts of a part, and the check of parent_id when a report is replaced.
CREATE INDEX sections_of_parent ON sections (parent_id);

-- Figures: how much of something there was, is or shall be.
CREATE TABLE metrics (
    id INTEGER PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    section_id INTEGER REFERENCES sections (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,                       -- 1 for the first of the report, in reading order
    -- the indicator, where the figure is that indicator for the whole place; null for a part of the place, one
    -- company, and whatever the vocabulary does not have
    indicator TEXT REFERENCES indicators (id),
    label TEXT NOT NULL,                            -- what is measured, words of the sentence in their order
    number TEXT,                                    -- number and unit as written; null where only a growth is given
    value REAL,                                     -- in the unit below; the low end of a range
    value_high REAL,                                -- the high end of a range
    unit TEXT,                                      -- base unit: 元, 美元, 平方米, 亩, 人, 家, %, 百分点
    -- how the value bounds the truth: eq exact; approx 约, 近; gt more than (余, 多, 超过); ge at least (不少于);
    -- lt less than (不足); le at most (以内); range from value to value_high
    bound TEXT NOT NULL CHECK (bound IN ('eq', 'approx', 'gt', 'ge', 'lt', 'le', 'range')),
    growth REAL,                                    -- percent, signed: 下降16% is -16; points where growth_kind is pp
    -- what the growth is against: yoy the year before; avg a yearly average over several years (年均); cum some
    -- earlier year; pp a change in percentage points (百分点)
    growth_kind TEXT CHECK (growth_kind IN ('yoy', 'avg', 'cum', 'pp')),
    -- actual: done; estimate: expected for the year under review (预计); target: planned for later
    status TEXT NOT NULL CHECK (status IN ('actual', 'estimate', 'target')),
    year INTEGER,                                   -- year that the figure is about
    -- what of the year it covers: year; h1 the first half; to-month-N January to the end of month N; cumulative
    -- several years together; as-of a stock at a date; month one month; other
    period TEXT NOT NULL,
    completion REAL,                                -- percent of the yearly task that was completed
    rank TEXT,                                      -- a rank that belongs to the figure, as written
    quote TEXT NOT NULL,                            -- the stretch of text with subject, number and growth
    start INTEGER NOT NULL,                         -- of the quote
    "end" INTEGER NOT NULL,
    rule TEXT NOT NULL,                             -- the reader's rule that made the figure
    UNIQUE (session_id, ordinal),
    CHECK (0 <= start AND start <= "end"),
    CHECK (value IS NOT NULL OR growth IS NOT NULL),
    CHECK ((growth IS NULL) = (growth_kind IS NULL))
) STRICT;

-- An indicator over the places, in one year or all.
CREATE INDEX metrics_of_indicator ON metrics (indicator, year) WHERE indicator IS NOT NULL;
-- Figures of a section, and the check of section_id when a report is replaced.
CREATE INDEX metrics_of_section ON metrics (section_id);

-- Sentences of the plan that commit to doing something.
CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    section_id INTEGER REFERENCES sections (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,   -- 1 for the first of the report, in reading order
    topic TEXT,                 -- heading or run-in heading that it stands under
    text TEXT NOT NULL,         -- the sentence without stray blanks and line breaks
    deadline TEXT,              -- as written: 6月底前
    deadline_on TEXT,           -- last day of the deadline
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    UNIQUE (session_id, ordinal),
    CHECK (0 <= start AND start <= "end")
) STRICT;

-- Tasks of a section, and the check of section_id when a report is replaced.
CREATE INDEX tasks_of_section ON tasks (section_id);

-- What the reader was unsure of or found contradictory.
CREATE TABLE doubts (
    id INTEGER PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    code TEXT NOT NULL,     -- kind of doubt: year-conflict, place-ambiguous, broken-number, …
    message TEXT NOT NULL,  -- one sentence: what was found and what was done about it
    start INTEGER,          -- where; null where it is about the report as a whole
    "end" INTEGER,
    CHECK ((start IS NULL) = ("end" IS NULL))
) STRICT;

-- Doubts of a report.
CREATE INDEX doubts_of_session ON doubts (session_id);

-- Sentences and headings, for reading and searching.
CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    section_id INTEGER REFERENCES sections (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('sentence', 'heading')),     -- a heading is no part of a sentence
    -- the words without stray blanks, line breaks and page numbers, digits and Latin letters half width
    text TEXT NOT NULL,
    start INTEGER NOT NULL,     -- the same as it stands in documents.text
    "end" INTEGER NOT NULL,
    CHECK (0 <= start AND start <= "end")
) STRICT;

-- Passages of a report.
CREATE INDEX passages_of_session ON passages (session_id);
-- Passages of a section, and the check of section_id when a report is replaced.
CREATE INDEX passages_of_section ON passages (section_id);

-- The index over passages.text. A token is one character, also of Latin words and numbers, and also a punctuation
-- mark: write the string with a blank after each character, in double quotes, and it is found as a phrase wherever it
-- stands, also inside longer words; upper and lower case are one:
--     SELECT * FROM sentences WHERE id IN (SELECT rowid FROM passages_fts WHERE passages_fts MATCH '"养 老"')
-- rowid is passages.id. The index keeps no second copy of the text (content='').
CREATE VIRTUAL TABLE passages_fts USING fts5 (
    text,
    content = '',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'"
);

-- Questions saved under a name (define @name as …), which travel in the file.
CREATE TABLE saved_queries (
    name TEXT PRIMARY KEY,              -- without @: 强镇, strong-towns
    text TEXT NOT NULL,                 -- the question as it was written
    canonical TEXT NOT NULL,            -- the same as it was understood, said back in the language of lang
    -- the language that it was written in
    lang TEXT NOT NULL CHECK (lang IN ('zh', 'en')),
    language_version INTEGER NOT NULL,  -- version of the query language that understood it
    created_at TEXT NOT NULL,           -- UTC, ISO 8601 with seconds
    note TEXT                           -- what its author says of it
) STRICT, WITHOUT ROWID;

-- Report scripts kept under a name (zhenzhi report), which travel in the file.
CREATE TABLE scripts (
    name TEXT PRIMARY KEY,              -- a script of the store includes another by its name
    text TEXT NOT NULL,                 -- the whole script
    created_at TEXT NOT NULL            -- UTC, ISO 8601 with seconds
) STRICT, WITHOUT ROWID;

-- Passages with the report and the part of it that they stand in.
CREATE VIEW sentences AS
SELECT
    passages.id,
    passages.kind,
    passages.text,
    towns.name AS town,
    sessions.review_year,
    sections.type AS section_type,
    documents.name AS document,
    passages.session_id,
    passages.section_id,
    passages.start,
    passages."end"
FROM passages
JOIN sessions ON sessions.id = passages.session_id
JOIN documents ON documents.id = sessions.document_id
LEFT JOIN towns ON towns.id = sessions.town_id
LEFT JOIN sections ON sections.id = passages.section_id;
