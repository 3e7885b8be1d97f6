/// The only DDL; a contract with everyone who opens the file.
pub const SCHEMA: &str = include_str!("../../schema.sql");

/// `PRAGMA application_id` of a store: the letters ZhZh.
pub const APPLICATION_ID: i32 = 0x5A68_5A68;

/// `PRAGMA user_version` of the stores that this program writes.
pub const SCHEMA_VERSION: i32 = 1;

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
}
