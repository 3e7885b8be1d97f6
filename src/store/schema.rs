use std::sync::LazyLock;

/// The only DDL; a contract with everyone who opens the file.
pub const SCHEMA: &str = include_str!("../../schema.sql");

/// `PRAGMA application_id` of a store: the letters ZhZh.
pub const APPLICATION_ID: i32 = 0x5A68_5A68;

/// `PRAGMA user_version` of the stores that this program writes.
pub const SCHEMA_VERSION: i32 = 5;

/// Tables that a store may lack, and those of later versions with the version that has them.
const ADDED: [&str; 4] = ["README", "README_columns", "saved_queries", "scripts"];
const LATER: [(&str, i32); 1] = [("phrases", 4)];

/// The tables and views of a store in the order of `schema.sql`, and the words of the statement that makes each.
pub(super) fn objects() -> impl Iterator<Item = (&'static str, Kind)> {
    SCHEMA.lines().filter_map(|line| {
        let words = line.strip_prefix("CREATE ")?;
        let (kind, rest) = [
            ("TABLE ", Kind::Table),
            ("VIRTUAL TABLE ", Kind::Index),
            ("VIEW ", Kind::View),
        ]
        .into_iter()
        .find_map(|(start, kind)| Some((kind, words.strip_prefix(start)?)))?;
        let name = rest.split(' ').next().unwrap_or(rest);
        Some((name.trim_matches('"'), kind))
    })
}

/// The statement that makes an index, which stands in a line.
pub(super) fn index(name: &str) -> &'static str {
    let mut lines = SCHEMA.lines();
    let makes = |line: &&str| {
        let words = line.strip_prefix("CREATE ");
        let named = words.and_then(|words| words.strip_prefix("INDEX "));
        named.and_then(|named| named.split(' ').next()) == Some(name)
    };
    lines.find(makes).unwrap_or_default()
}

/// What a table or view of the schema is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A table of rows.
    Table,
    /// The full-text index.
    Index,
    /// A view.
    View,
}

/// Tables without which a file of this version is no store.
pub(super) fn needed(version: i32) -> impl Iterator<Item = (&'static str, Kind)> {
    let is_later = move |name: &str| {
        LATER
            .iter()
            .any(|(later, since)| *later == name && *since > version)
    };
    objects()
        .filter(move |(name, kind)| *kind != Kind::View && !ADDED.contains(name) && !is_later(name))
}

/// Whether a store has a table, view or index table of this name. SQLite asks of each column that a statement names.
pub(super) fn is_known(name: &str) -> bool {
    static NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| objects().map(|(name, _)| name).collect());
    const OF_SQLITE: [&str; 4] = ["sqlite_schema", "sqlite_master", "json_each", "json_tree"];
    let behind = name.strip_prefix("passages_fts_");
    behind.is_some_and(|part| ["data", "idx", "docsize", "config", "content"].contains(&part))
        || NAMES
            .iter()
            .copied()
            .chain(OF_SQLITE)
            .any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_sets_what_the_program_checks() {
        let conn = rusqlite::Connection::open_in_memory().unwrap();
        conn.execute_batch(SCHEMA).unwrap();
        let pragma = |name: &str| conn.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
        assert_eq!(pragma("application_id").unwrap(), APPLICATION_ID);
        assert_eq!(pragma("user_version").unwrap(), SCHEMA_VERSION);
        assert_eq!(&APPLICATION_ID.to_be_bytes(), b"ZhZh");
    }

    #[test]
    fn an_index_by_its_name() {
        let statement = index("indicator_names_by_name");
        assert!(statement.ends_with(" indicator_names_by_name ON indicator_names (name);"));
    }

    #[test]
    fn every_table_and_view_is_known() {
        let conn = rusqlite::Connection::open_in_memory().unwrap();
        conn.execute_batch(SCHEMA).unwrap();
        let mut names = conn
            .prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
            .unwrap();
        let names = names.query_map((), |row| row.get::<_, String>(0)).unwrap();
        let mut count = 0;
        for name in names {
            let name = name.unwrap();
            assert!(is_known(&name), "{name}");
            count += usize::from(!name.starts_with("passages_fts_"));
        }
        assert_eq!(count, objects().count());
        assert!(!is_known("secrets"));
    }
}
