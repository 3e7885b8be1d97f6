//! Files made to harm by SQL that a stranger might write, and what becomes of questions to them.

use std::collections::BTreeMap;

use crate::store_strangers::{Fate, harmed, survive_untouched};

/// What is done to the file, and what comes of it.
const HARMS: &[(&str, Fate)] = &[
    // Triggers and views with side effects.
    (
        "CREATE TRIGGER t1 AFTER UPDATE ON meta BEGIN DELETE FROM documents; END; \
         CREATE TRIGGER t2 AFTER INSERT ON documents BEGIN DELETE FROM towns; END",
        Fate::Answered,
    ),
    (
        "DROP VIEW sentences; CREATE VIEW sentences AS SELECT load_extension('/tmp/x.so') AS text, 1 AS id",
        Fate::Failed,
    ),
    (
        "DROP VIEW v_metrics; CREATE VIEW v_metrics AS SELECT * FROM pragma_journal_mode",
        Fate::Failed,
    ),
    (
        "DROP VIEW v_metrics; CREATE VIEW v_metrics AS WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) \
         SELECT sum(x) FROM n",
        Fate::Failed,
    ),
    (
        "DROP VIEW v_metrics; CREATE VIEW v_metrics AS WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) \
         SELECT group_concat(zeroblob(1000000)) FROM n",
        Fate::Failed,
    ),
    (
        "DROP VIEW v_metrics; CREATE VIEW v_metrics AS SELECT zeroblob(2000000000)",
        Fate::Failed,
    ),
    (
        "DROP VIEW v_metrics; CREATE VIEW v_metrics AS SELECT fts3_tokenizer('simple')",
        Fate::Failed,
    ),
    (
        "DROP VIEW v_metrics; CREATE VIEW v_metrics AS SELECT * FROM secrets; CREATE TABLE secrets (x)",
        Fate::Failed,
    ),
    (
        "DROP VIEW v_metrics; CREATE VIEW v_metrics AS SELECT * FROM v_metrics",
        Fate::Failed,
    ),
    // Shadowed tables.
    (
        "ALTER TABLE metrics RENAME TO old; CREATE VIEW metrics AS SELECT * FROM old",
        Fate::Refused,
    ),
    (
        "ALTER TABLE documents RENAME TO old; CREATE VIEW documents AS SELECT randomblob(9) AS id",
        Fate::Refused,
    ),
    (
        "DROP TABLE indicator_names; CREATE VIRTUAL TABLE indicator_names USING fts5 (name, lang, indicator)",
        Fate::Refused,
    ),
    (
        "DROP TABLE passages_fts; CREATE TABLE passages_fts (text)",
        Fate::Refused,
    ),
    (
        "DROP TABLE passages_fts; CREATE VIRTUAL TABLE passages_fts USING fts3 (text)",
        Fate::Refused,
    ),
    (
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE meta (key TEXT, value TEXT GENERATED ALWAYS AS (load_extension(key)))' WHERE name = 'meta'",
        Fate::Refused,
    ),
    ("DROP TABLE tasks", Fate::Refused),
    (
        "DROP TABLE tasks; CREATE TABLE tasks (id INTEGER)",
        Fate::Failed,
    ),
    (
        "INSERT INTO sqlite_schema SELECT 'index', 'evil', 'towns', rootpage, 'CREATE INDEX evil ON towns (abs(-9223372036854775807 - id))' FROM sqlite_schema WHERE name = 'towns_by_name'",
        Fate::Refused,
    ),
    (
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE metrics (x' WHERE name = 'metrics'",
        Fate::Refused,
    ),
    (
        "UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'metrics'",
        Fate::Refused,
    ),
    (
        "UPDATE sqlite_schema SET rootpage = 99999 WHERE name = 'towns'",
        Fate::Refused,
    ),
    (
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'towns') WHERE name = 'metrics'",
        Fate::Failed,
    ),
    // A full-text index with something else in it.
    (
        "UPDATE passages_fts_data SET block = zeroblob(100)",
        Fate::Answered,
    ),
    (
        "UPDATE passages_fts_data SET block = randomblob(1000000)",
        Fate::Failed,
    ),
    ("DELETE FROM passages_fts_data", Fate::Failed),
    ("DELETE FROM passages_fts_config", Fate::Failed),
    (
        "UPDATE passages_fts_config SET v = 999 WHERE k = 'version'",
        Fate::Failed,
    ),
    (
        "INSERT OR REPLACE INTO passages_fts_config VALUES ('rank', 'load_extension(''x'')')",
        Fate::Answered,
    ),
    // Huge values, wrong kinds, no text at all.
    (
        "UPDATE metrics SET value = 9e999, growth = -9e999",
        Fate::Answered,
    ),
    (
        "UPDATE metrics SET value = 1e308, value_high = 1e308, growth = 1e308",
        Fate::Answered,
    ),
    (
        "UPDATE metrics SET value = 1e-320, growth = -0.0",
        Fate::Answered,
    ),
    (
        "UPDATE metrics SET year = 9223372036854775807, completion = 9e999",
        Fate::Answered,
    ),
    (
        "UPDATE sessions SET review_year = 9223372036854775807, plan_year = -9223372036854775808",
        Fate::Failed,
    ),
    (
        "UPDATE sessions SET review_year = -2147483648, congress = 9223372036854775807",
        Fate::Answered,
    ),
    (
        "UPDATE documents SET text = hex(zeroblob(2000000))",
        Fate::Answered,
    ),
    (
        "UPDATE documents SET name = CAST(x'ff00fe80' AS TEXT), text = CAST(x'e4b8ff80c0' AS TEXT)",
        Fate::Answered,
    ),
    (
        "UPDATE metrics SET quote = CAST(x'ff00fe80' AS TEXT), label = CAST(x'80808080' AS TEXT)",
        Fate::Answered,
    ),
    (
        "UPDATE towns SET name = CAST(x'c328a0a1' AS TEXT)",
        Fate::Failed,
    ),
    (
        "UPDATE indicator_names SET name = CAST(x'fffe' || CAST(name AS BLOB) AS TEXT)",
        Fate::Failed,
    ),
    (
        "UPDATE towns SET name = '', kind = 'planet', code = '', county = '', city = '', province = ''",
        Fate::Answered,
    ),
    (
        "UPDATE towns SET name = printf('%.*c', 1000000, '镇')",
        Fate::Refused,
    ),
    (
        "UPDATE indicators SET name_en = printf('%.*c', 1000000, 'x'), unit = printf('%.*c', 1000000, '元')",
        Fate::Refused,
    ),
    (
        "UPDATE metrics SET unit = printf('%.*c', 1000000, '元'), period = 'to-month-99999999999999999999', bound = 'x', status = 'y'",
        Fate::Answered,
    ),
    (
        "UPDATE metrics SET unit = NULL, quote = '', label = ''",
        Fate::Answered,
    ),
    (
        "UPDATE passages SET text = printf('%.*c', 3000000, 'a')",
        Fate::Answered,
    ),
    (
        "UPDATE tasks SET deadline_on = '9999-99-99', text = ''",
        Fate::Answered,
    ),
    (
        "UPDATE tasks SET deadline_on = printf('%.*c', 100000, '9')",
        Fate::Answered,
    ),
    (
        "UPDATE meta SET value = printf('%.*c', 1000000, '题')",
        Fate::Answered,
    ),
    (
        "INSERT INTO saved_queries VALUES ('a', 'towns of @a', '@a', 'en', 1, '', NULL), ('b', '@c', '@c', 'en', 4294967295, '', NULL), ('c', '@b', '@b', 'zh', 0, '', NULL)",
        Fate::Answered,
    ),
    (
        "INSERT INTO saved_queries VALUES ('x', 'sql \"DROP TABLE towns\"', '', 'en', 99999999999, '', NULL)",
        Fate::Failed,
    ),
    (
        "INSERT INTO saved_queries VALUES (char(10) || '@ $', printf('%.*c', 300000, '('), '', 'en', 1, '', NULL)",
        Fate::Answered,
    ),
    // Cycles and orphans.
    ("UPDATE sections SET parent_id = id", Fate::Answered),
    (
        "UPDATE sections SET parent_id = (SELECT max(id) FROM sections)",
        Fate::Answered,
    ),
    (
        "UPDATE sections SET level = -9223372036854775808, ordinal = ordinal - 9223372036854775807",
        Fate::Answered,
    ),
    (
        "UPDATE metrics SET section_id = 12345, session_id = 12345",
        Fate::Answered,
    ),
    (
        "UPDATE sessions SET town_id = 777, document_id = 888",
        Fate::Answered,
    ),
    // Places outside the text.
    (
        "UPDATE metrics SET start = 9223372036854775806, \"end\" = 9223372036854775807",
        Fate::Answered,
    ),
    (
        "UPDATE metrics SET start = -9223372036854775808, \"end\" = -1",
        Fate::Answered,
    ),
    (
        "UPDATE metrics SET start = \"end\", \"end\" = start",
        Fate::Answered,
    ),
    (
        "UPDATE doubts SET start = 9223372036854775807, \"end\" = -9223372036854775808",
        Fate::Answered,
    ),
    (
        "UPDATE passages SET start = 9223372036854775807, \"end\" = 0",
        Fate::Answered,
    ),
    (
        "UPDATE sessions SET start = -5, \"end\" = 9223372036854775807",
        Fate::Answered,
    ),
    (
        "UPDATE sections SET start = 9223372036854775807, \"end\" = -9223372036854775808",
        Fate::Answered,
    ),
    (
        "UPDATE documents SET size_bytes = -9223372036854775808, sha256 = ''",
        Fate::Answered,
    ),
];

#[test]
fn files_made_to_harm() {
    let folder = tempfile::tempdir().unwrap();
    let mut fates: BTreeMap<Fate, usize> = BTreeMap::new();
    let mut others = Vec::new();
    for (sql, expected) in HARMS {
        let path = harmed(folder.path(), sql);
        let fate = survive_untouched(&path, sql);
        *fates.entry(fate).or_default() += 1;
        if fate != *expected {
            others.push(format!("{sql}\n  expected {expected:?}, found {fate:?}"));
        }
    }
    println!("{} files made to harm: {fates:?}", HARMS.len());
    assert!(others.is_empty(), "{}", others.join("\n"));
}
