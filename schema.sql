-- The store: one SQLite file of government work reports (政府工作报告) and what they say.
--
-- This file is the only DDL. Any SQLite from 3.37 on reads the tables, and searches the text, without zhenzhi.
--
-- Positions ("start", "end") count characters (Unicode scalar values) of documents.text from 0, the end exclusive:
--     substr(text, start + 1, "end" - start)
-- is the quote. Years are calendar years. Dates are ISO 8601 (2023-01-12). Percentages are stored as written:
-- 36.8 is 36.8 %. Every number stands in its base unit, 万 and 亿 multiplied out: 16.86亿元 is 1686000000 元.
--
-- In the tables with many rows a check or an index compares word by word (a = 'x' OR a = 'y' …): for a list (a IN (…)) of
-- three words and more SQLite makes a table anew with each row that is written, which takes longer than the row.

-- The letters ZhZh: this file is a zhenzhi store.
PRAGMA application_id = 0x5A685A68;
-- The version of this schema. A program opens its own version and older ones.
PRAGMA user_version = 5;

-- What the file says of itself. By its author: title, description, source, licence, and whatever else. By the program:
-- made_by, the program that made it; created, UTC; reader, the version of the program that last wrote to it; vocabulary,
-- a digest of the tables indicators and indicator_names; phrases, a digest of the list of phrases that reports were looked
-- through for; texts, 'left out' where the texts were; part, the question by
-- which it was cut out of a larger store; shared, UTC, when it was made to be handed on; migrated, what older version of
-- the schema it had, when that was changed, and where the copy is.
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the tables and views of this file hold, for whoever opens it without zhenzhi. Written by the program.
CREATE TABLE README (
    ordinal INTEGER PRIMARY KEY,    -- order in which to read
    name TEXT NOT NULL UNIQUE,      -- of the table or view
    kind TEXT NOT NULL CHECK (kind IN ('note', 'view', 'table')),   -- note: a line about the file as a whole
    meaning TEXT NOT NULL,          -- what one row is
    meaning_zh TEXT NOT NULL        -- the same in Chinese
) STRICT;

-- What their columns hold. Written by the program.
CREATE TABLE README_columns (
    ordinal INTEGER PRIMARY KEY,    -- order of the tables in README, and of the columns in the table
    owner TEXT NOT NULL,            -- the table or view
    name TEXT NOT NULL,             -- of the column
    unit TEXT,                      -- what its numbers count; null where it has none
    meaning TEXT NOT NULL,
    meaning_zh TEXT NOT NULL,       -- the same in Chinese
    UNIQUE (owner, name)
) STRICT;

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
    format TEXT NOT NULL,           -- what the file is: text, html, docx, pdf
    encoding TEXT NOT NULL,         -- charset by its WHATWG name: UTF-8, gb18030, UTF-16LE
    size_bytes INTEGER NOT NULL,    -- of the file
    text TEXT NOT NULL,             -- the decoded text, otherwise unaltered; of another format what was taken out of it
    imported_at TEXT NOT NULL,      -- UTC, ISO 8601 with seconds
    text_sha256 TEXT                -- of text in UTF-8, as sha256; null where the text was left out
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
    -- its characters without blanks and line ends, as people count them; null where there was no text to count in
    length INTEGER,
    UNIQUE (document_id, ordinal),
    CHECK (0 <= start AND start <= "end")
) STRICT;

-- Reports of a place, the latest last.
CREATE INDEX sessions_of_town ON sessions (town_id, review_year);
-- Years that have reports.
CREATE INDEX sessions_of_year ON sessions (review_year);

-- Parts of a report, each with its heading and the parts below it.
CREATE TABLE sections (
    id INTEGER PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    parent_id INTEGER REFERENCES sections (id) ON DELETE CASCADE,   -- null for a main part
    ordinal INTEGER NOT NULL,                                       -- 1 for the first of the report, in reading order
    level INTEGER NOT NULL,     -- 1 a main part, 2 a chapter in it, 3 a run-in heading that opens a paragraph
    -- front: title, notice, salutation; review: work done; problems: difficulties; plan: work to do; targets: the
    -- expected main figures; guideline: general requirement of the plan; closing: the closing appeal
    type TEXT NOT NULL CHECK (type = 'front' OR type = 'review' OR type = 'problems' OR type = 'plan' OR
        type = 'targets' OR type = 'guideline' OR type = 'closing'),
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
    -- lt less than (不足); le at most (以内); range from value to value_high. Where there is no value, the same of the growth
    -- as the words have it: 下降4%以上 is ge
    bound TEXT NOT NULL CHECK (bound = 'eq' OR bound = 'approx' OR bound = 'gt' OR bound = 'ge' OR bound = 'lt' OR
        bound = 'le' OR bound = 'range'),
    growth REAL,                                    -- percent, signed: 下降16% is -16; points where growth_kind is pp
    -- what the growth is against: yoy the year before; avg a yearly average over several years (年均); cum some
    -- earlier year; pp a change in percentage points (百分点)
    growth_kind TEXT CHECK (growth_kind = 'yoy' OR growth_kind = 'avg' OR growth_kind = 'cum' OR growth_kind = 'pp'),
    -- actual: done; estimate: expected for the year under review (预计); target: planned for later
    status TEXT NOT NULL CHECK (status = 'actual' OR status = 'estimate' OR status = 'target'),
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
    -- 1 where a question about the indicator and this report is answered with the figure: one of the results (actual or
    -- estimate) and one of the targets, that about the report's year first, stated as a value, of the whole year, of the
    -- review. 2 where that one has no growth and takes this one's, of the same year, period and status. Null for all others
    answers INTEGER,
    growth_to REAL,                                 -- the other end of a growth that is a range: 增长7%至8%
    -- how the growth bounds the truth, as a signed number: 下降4%以上 is -4 with le; null where it is exact, or there is none
    growth_bound TEXT CHECK (growth_bound = 'approx' OR growth_bound = 'gt' OR growth_bound = 'ge' OR growth_bound = 'lt' OR
        growth_bound = 'le' OR growth_bound = 'range'),
    -- what a change in points (pp) is against, where that is not the year before: avg, cum
    points_against TEXT CHECK (points_against = 'avg' OR points_against = 'cum'),
    UNIQUE (session_id, ordinal),
    CHECK (0 <= start AND start <= "end"),
    CHECK (value IS NOT NULL OR growth IS NOT NULL),
    CHECK ((growth IS NULL) = (growth_kind IS NULL))
) STRICT;

-- An indicator in each report, and over all of them: with all that decides which figure answers and what it says, so
-- that the rows themselves, ten times as large and far apart, are read only for what is shown.
CREATE INDEX metrics_of_indicator ON metrics (indicator, session_id, answers, status, year, period, value, value_high, unit, bound,
    growth, growth_to, growth_bound, growth_kind, points_against, section_id, start) WHERE indicator IS NOT NULL;
-- Figures of a section, and the check of section_id when a report is replaced.
CREATE INDEX metrics_of_section ON metrics (section_id);
-- What few figures of a report have, so that a question for it does not go through all figures of all reports: targets,
CREATE INDEX metrics_planned ON metrics (session_id) WHERE status = 'target';
-- growths against the year before, with what tells how they bound the truth,
CREATE INDEX metrics_by_growth ON metrics (session_id, growth, status, growth_bound, growth_to) WHERE growth_kind = 'yoy';
-- values in percent, with what tells how they bound the truth,
CREATE INDEX metrics_in_percent ON metrics (session_id, value, value_high, bound) WHERE unit = '%';
-- values that are bounds or about,
CREATE INDEX metrics_not_exact ON metrics (session_id) WHERE bound <> 'eq';
-- a completed share of the yearly task,
CREATE INDEX metrics_by_completion ON metrics (session_id, completion) WHERE completion IS NOT NULL;
-- results of a part of a year.
CREATE INDEX metrics_of_part_year ON metrics (session_id)
    WHERE period <> 'year' AND period <> 'as-of' AND period <> 'cumulative' AND status <> 'target';

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
    figures INTEGER NOT NULL DEFAULT 0,     -- how many figures with a value stand in it
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
    message_zh TEXT,        -- the message in Chinese; null in files that older programs wrote
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

-- Policy phrases (政策用语) that reports say: what a report puts in quotation marks “…”, two to ten characters without a mark
-- among them, and the phrases that mostly stand without, which are a list of the program's; meta has its digest. One row a
-- report and phrase. How many reports say one:
--     SELECT phrase, count(*) FROM phrases GROUP BY phrase
CREATE TABLE phrases (
    session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    phrase TEXT NOT NULL,       -- the words alone, without quotation marks
    -- the first of the report's passages that says it: passages.id. No reference that SQLite looks up, for which it would
    -- look through the phrases with each passage that is taken out
    passage_id INTEGER NOT NULL,
    PRIMARY KEY (session_id, phrase)
) STRICT, WITHOUT ROWID;

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

-- Figures in plain words, one row a figure, nothing to be joined.
CREATE VIEW v_metrics AS
SELECT
    towns.name AS place,
    towns.kind AS place_kind,
    towns.county,
    towns.city,
    towns.province,
    metrics.year,
    metrics.indicator,
    indicators.name_en AS indicator_en,
    indicators.name_zh AS indicator_zh,
    metrics.label,
    metrics.value,
    metrics.value_high,
    metrics.unit,
    metrics.bound,
    metrics.growth,
    metrics.growth_kind,
    metrics.growth_to,
    metrics.growth_bound,
    metrics.points_against,
    metrics.status,
    metrics.period,
    metrics.completion,
    metrics.rank,
    metrics.answers,
    metrics.number,
    sections.heading AS section,
    sections.type AS section_type,
    -- A figure's sentence is the last of its section that begins before it.
    (SELECT passages.text FROM passages
     WHERE passages.section_id = metrics.section_id AND passages.kind = 'sentence' AND passages.start <= metrics.start
     ORDER BY passages.start DESC LIMIT 1) AS sentence,
    metrics.quote,
    documents.name AS document,
    sessions.review_year,
    metrics.start,
    metrics."end",
    metrics.id,
    metrics.session_id
FROM metrics
JOIN sessions ON sessions.id = metrics.session_id
JOIN documents ON documents.id = sessions.document_id
LEFT JOIN towns ON towns.id = sessions.town_id
LEFT JOIN sections ON sections.id = metrics.section_id
LEFT JOIN indicators ON indicators.id = metrics.indicator;

-- Tasks in plain words.
CREATE VIEW v_tasks AS
SELECT
    towns.name AS place,
    towns.kind AS place_kind,
    towns.county,
    towns.city,
    towns.province,
    sessions.plan_year,
    tasks.topic,
    tasks.text,
    tasks.deadline,
    tasks.deadline_on,
    tasks.figures,
    sections.heading AS section,
    sections.type AS section_type,
    documents.name AS document,
    sessions.review_year,
    tasks.start,
    tasks."end",
    tasks.id,
    tasks.session_id
FROM tasks
JOIN sessions ON sessions.id = tasks.session_id
JOIN documents ON documents.id = sessions.document_id
LEFT JOIN towns ON towns.id = sessions.town_id
LEFT JOIN sections ON sections.id = tasks.section_id;

-- Reports in plain words.
CREATE VIEW v_reports AS
SELECT
    towns.name AS place,
    towns.kind AS place_kind,
    towns.county,
    towns.city,
    towns.province,
    towns.code,
    sessions.review_year,
    sessions.plan_year,
    sessions.title,
    sessions.congress,
    sessions.meeting,
    sessions.held_on,
    sessions.speaker,
    sessions.speaker_title,
    sessions.stated_year,
    sessions.year_ground,
    sessions."end" - sessions.start AS characters,
    sessions.length,
    (SELECT count(*) FROM metrics WHERE metrics.session_id = sessions.id) AS figures,
    (SELECT count(*) FROM tasks WHERE tasks.session_id = sessions.id) AS tasks,
    (SELECT count(*) FROM doubts WHERE doubts.session_id = sessions.id) AS doubts,
    documents.name AS document,
    sessions.start,
    sessions."end",
    sessions.id
FROM sessions
JOIN documents ON documents.id = sessions.document_id
LEFT JOIN towns ON towns.id = sessions.town_id;

-- Doubts in plain words.
CREATE VIEW v_doubts AS
SELECT
    towns.name AS place,
    towns.kind AS place_kind,
    towns.county,
    towns.city,
    towns.province,
    sessions.review_year,
    doubts.code,
    doubts.message,
    doubts.message_zh,
    substr(documents.text, doubts.start + 1, doubts."end" - doubts.start) AS quote,
    documents.name AS document,
    doubts.start,
    doubts."end",
    doubts.id,
    doubts.session_id
FROM doubts
JOIN sessions ON sessions.id = doubts.session_id
JOIN documents ON documents.id = sessions.document_id
LEFT JOIN towns ON towns.id = sessions.town_id;

-- Figures that different documents give differently for one place, indicator, year, period and status. Exact values
-- only; those of one conflict stand together and share lowest and highest.
CREATE VIEW v_conflicts AS
SELECT
    place,
    county,
    city,
    province,
    indicator,
    indicator_en,
    indicator_zh,
    year,
    period,
    status,
    unit,
    lowest,
    highest,
    value,
    number,
    quote,
    document,
    review_year,
    start,
    "end",
    id,
    session_id
FROM (
    SELECT
        towns.name AS place,
        towns.county,
        towns.city,
        towns.province,
        metrics.indicator,
        indicators.name_en AS indicator_en,
        indicators.name_zh AS indicator_zh,
        metrics.year,
        metrics.period,
        metrics.status,
        metrics.unit,
        min(metrics.value) OVER conflict AS lowest,
        max(metrics.value) OVER conflict AS highest,
        min(sessions.document_id) OVER conflict AS first_document,
        max(sessions.document_id) OVER conflict AS last_document,
        sessions.town_id,
        metrics.value,
        metrics.number,
        metrics.quote,
        documents.name AS document,
        sessions.review_year,
        metrics.start,
        metrics."end",
        metrics.id,
        metrics.session_id
    FROM metrics
    JOIN sessions ON sessions.id = metrics.session_id
    JOIN documents ON documents.id = sessions.document_id
    JOIN towns ON towns.id = sessions.town_id
    JOIN indicators ON indicators.id = metrics.indicator
    WHERE metrics.value IS NOT NULL AND metrics.year IS NOT NULL AND metrics.bound = 'eq'
    WINDOW conflict AS (PARTITION BY
        sessions.town_id, metrics.indicator, metrics.year, metrics.period, metrics.status, metrics.unit)
)
WHERE lowest < highest AND first_document < last_document
ORDER BY town_id, indicator, year, period, status, unit, id;

-- 数据总目：README 的中文。
CREATE VIEW "目录" AS
SELECT
    name AS "名称",
    CASE kind WHEN 'note' THEN '说明' WHEN 'view' THEN '视图' ELSE '表' END AS "类别",
    meaning_zh AS "含义"
FROM README
ORDER BY ordinal;

-- 指标：v_metrics 的中文，一行一个数字。
CREATE VIEW "指标" AS
SELECT
    place AS "地方",
    CASE place_kind WHEN 'town' THEN '镇' WHEN 'township' THEN '乡' WHEN 'subdistrict' THEN '街道' WHEN 'county' THEN '县'
        WHEN 'district' THEN '区' WHEN 'county-city' THEN '县级市' WHEN 'city' THEN '地级市' WHEN 'prefecture' THEN '地区'
        WHEN 'province' THEN '省' WHEN 'municipality' THEN '直辖市' ELSE '其他' END AS "层级",
    county AS "县区",
    city AS "地市",
    province AS "省份",
    year AS "年份",
    indicator_zh AS "指标",
    label AS "名目",
    value AS "数值",
    value_high AS "数值上限",
    unit AS "单位",
    CASE WHEN value IS NULL THEN NULL ELSE CASE bound WHEN 'eq' THEN '等于' WHEN 'approx' THEN '约' WHEN 'gt' THEN '超过' WHEN 'ge' THEN '不低于'
        WHEN 'lt' THEN '不足' WHEN 'le' THEN '不超过' WHEN 'range' THEN '区间' ELSE bound END END AS "界限",
    growth AS "增速",
    CASE growth_kind WHEN 'yoy' THEN '同比' WHEN 'avg' THEN '年均' WHEN 'cum' THEN '累计' WHEN 'pp' THEN '百分点'
        ELSE growth_kind END AS "增速类别",
    growth_to AS "增速另一端",
    CASE growth_bound WHEN 'approx' THEN '约' WHEN 'gt' THEN '超过' WHEN 'ge' THEN '不低于' WHEN 'lt' THEN '不足' WHEN 'le' THEN '不超过'
        WHEN 'range' THEN '区间' ELSE growth_bound END AS "增速界限",
    CASE points_against WHEN 'avg' THEN '年均' WHEN 'cum' THEN '累计' ELSE points_against END AS "百分点基期",
    CASE status WHEN 'actual' THEN '实际' WHEN 'estimate' THEN '预计' WHEN 'target' THEN '目标' ELSE status END AS "性质",
    CASE WHEN period = 'year' THEN '全年' WHEN period = 'h1' THEN '上半年' WHEN period = 'cumulative' THEN '累计'
        WHEN period = 'as-of' THEN '时点' WHEN period = 'month' THEN '单月'
        WHEN period LIKE 'to-month-%' THEN '1至' || substr(period, 10) || '月' ELSE '其他' END AS "时段",
    completion AS "完成率",
    rank AS "位次",
    answers AS "应答",
    number AS "原文数字",
    section AS "章节",
    CASE section_type WHEN 'front' THEN '开头' WHEN 'review' THEN '回顾' WHEN 'problems' THEN '问题' WHEN 'plan' THEN '安排'
        WHEN 'targets' THEN '目标' WHEN 'guideline' THEN '总体要求' WHEN 'closing' THEN '结语' ELSE section_type END AS "章节类别",
    sentence AS "句子",
    quote AS "引文",
    document AS "文件",
    review_year AS "报告年份",
    start AS "起",
    "end" AS "止",
    id AS "编号",
    session_id AS "报告编号"
FROM v_metrics;

-- 任务：v_tasks 的中文，一行一项任务。
CREATE VIEW "任务" AS
SELECT
    place AS "地方",
    CASE place_kind WHEN 'town' THEN '镇' WHEN 'township' THEN '乡' WHEN 'subdistrict' THEN '街道' WHEN 'county' THEN '县'
        WHEN 'district' THEN '区' WHEN 'county-city' THEN '县级市' WHEN 'city' THEN '地级市' WHEN 'prefecture' THEN '地区'
        WHEN 'province' THEN '省' WHEN 'municipality' THEN '直辖市' ELSE '其他' END AS "层级",
    county AS "县区",
    city AS "地市",
    province AS "省份",
    plan_year AS "计划年份",
    topic AS "主题",
    text AS "内容",
    deadline AS "期限",
    deadline_on AS "截止日期",
    figures AS "数字数",
    section AS "章节",
    CASE section_type WHEN 'front' THEN '开头' WHEN 'review' THEN '回顾' WHEN 'problems' THEN '问题' WHEN 'plan' THEN '安排'
        WHEN 'targets' THEN '目标' WHEN 'guideline' THEN '总体要求' WHEN 'closing' THEN '结语' ELSE section_type END AS "章节类别",
    document AS "文件",
    review_year AS "报告年份",
    start AS "起",
    "end" AS "止",
    id AS "编号",
    session_id AS "报告编号"
FROM v_tasks;

-- 报告：v_reports 的中文，一行一份报告。
CREATE VIEW "报告" AS
SELECT
    place AS "地方",
    CASE place_kind WHEN 'town' THEN '镇' WHEN 'township' THEN '乡' WHEN 'subdistrict' THEN '街道' WHEN 'county' THEN '县'
        WHEN 'district' THEN '区' WHEN 'county-city' THEN '县级市' WHEN 'city' THEN '地级市' WHEN 'prefecture' THEN '地区'
        WHEN 'province' THEN '省' WHEN 'municipality' THEN '直辖市' ELSE '其他' END AS "层级",
    county AS "县区",
    city AS "地市",
    province AS "省份",
    code AS "区划代码",
    review_year AS "报告年份",
    plan_year AS "计划年份",
    title AS "标题",
    congress AS "届",
    meeting AS "次",
    held_on AS "会议日期",
    speaker AS "报告人",
    speaker_title AS "职务",
    stated_year AS "自称年份",
    year_ground AS "年份依据",
    characters AS "字数",
    length AS "净字数",
    figures AS "数字数",
    tasks AS "任务数",
    doubts AS "疑点数",
    document AS "文件",
    start AS "起",
    "end" AS "止",
    id AS "编号"
FROM v_reports;

-- 疑点：v_doubts 的中文，一行一个疑点。
CREATE VIEW "疑点" AS
SELECT
    place AS "地方",
    CASE place_kind WHEN 'town' THEN '镇' WHEN 'township' THEN '乡' WHEN 'subdistrict' THEN '街道' WHEN 'county' THEN '县'
        WHEN 'district' THEN '区' WHEN 'county-city' THEN '县级市' WHEN 'city' THEN '地级市' WHEN 'prefecture' THEN '地区'
        WHEN 'province' THEN '省' WHEN 'municipality' THEN '直辖市' ELSE '其他' END AS "层级",
    county AS "县区",
    city AS "地市",
    province AS "省份",
    review_year AS "报告年份",
    CASE code WHEN 'year-conflict' THEN '年份矛盾' WHEN 'year-unknown' THEN '年份不明' WHEN 'place-unknown' THEN '地方不明'
        WHEN 'place-ambiguous' THEN '地名重名' WHEN 'broken-number' THEN '数字残缺' WHEN 'contradiction' THEN '前后矛盾'
        WHEN 'no-sections' THEN '未见章节' WHEN 'no-figures' THEN '未见数字'
        WHEN 'no-plan' THEN '未见计划' ELSE code END AS "类别",
    ifnull(message_zh, message) AS "说明",
    quote AS "引文",
    document AS "文件",
    start AS "起",
    "end" AS "止",
    id AS "编号",
    session_id AS "报告编号"
FROM v_doubts;

-- 冲突：v_conflicts 的中文，一行一个与他处不符的数字。
CREATE VIEW "冲突" AS
SELECT
    place AS "地方",
    county AS "县区",
    city AS "地市",
    province AS "省份",
    indicator_zh AS "指标",
    year AS "年份",
    CASE WHEN period = 'year' THEN '全年' WHEN period = 'h1' THEN '上半年' WHEN period = 'cumulative' THEN '累计'
        WHEN period = 'as-of' THEN '时点' WHEN period = 'month' THEN '单月'
        WHEN period LIKE 'to-month-%' THEN '1至' || substr(period, 10) || '月' ELSE '其他' END AS "时段",
    CASE status WHEN 'actual' THEN '实际' WHEN 'estimate' THEN '预计' WHEN 'target' THEN '目标' ELSE status END AS "性质",
    unit AS "单位",
    lowest AS "最低",
    highest AS "最高",
    value AS "数值",
    number AS "原文数字",
    quote AS "引文",
    document AS "文件",
    review_year AS "报告年份",
    start AS "起",
    "end" AS "止",
    id AS "编号",
    session_id AS "报告编号"
FROM v_conflicts;

-- 句子：sentences 的中文，一行一个句子或标题。
CREATE VIEW "句子" AS
SELECT
    id AS "编号",
    CASE kind WHEN 'heading' THEN '标题' ELSE '句子' END AS "类别",
    text AS "内容",
    town AS "地方",
    review_year AS "报告年份",
    CASE section_type WHEN 'front' THEN '开头' WHEN 'review' THEN '回顾' WHEN 'problems' THEN '问题' WHEN 'plan' THEN '安排'
        WHEN 'targets' THEN '目标' WHEN 'guideline' THEN '总体要求' WHEN 'closing' THEN '结语' ELSE section_type END AS "章节类别",
    document AS "文件",
    session_id AS "报告编号",
    section_id AS "章节编号",
    start AS "起",
    "end" AS "止"
FROM sentences;
