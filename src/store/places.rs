use rusqlite::{Connection, OptionalExtension, params};

use crate::fact::Place;

/// The row of a place, made where there is none yet.
///
/// A place with a code is known by its code, whatever name the report gives it; one without by its name and what it
/// lies in.
pub(super) fn find_or_insert(conn: &Connection, place: &Place) -> rusqlite::Result<i64> {
    let known = match &place.code {
        Some(code) => conn
            .prepare_cached("SELECT id FROM towns WHERE code = ?1")?
            .query_row([code], |row| row.get(0))
            .optional()?,
        None => conn
            .prepare_cached(
                "SELECT id FROM towns WHERE name = ?1 AND ifnull(county, '') = ifnull(?2, '') \
                 AND ifnull(city, '') = ifnull(?3, '') AND ifnull(province, '') = ifnull(?4, '') \
                 AND ifnull(code, '') = ''",
            )?
            .query_row(
                (&place.name, &place.county, &place.city, &place.province),
                |row| row.get(0),
            )
            .optional()?,
    };
    if let Some(id) = known {
        return Ok(id);
    }
    conn.prepare_cached(
        "INSERT INTO towns (name, kind, code, county, city, province) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        place.name,
        place.kind.as_str(),
        place.code,
        place.county,
        place.city,
        place.province
    ])?;
    Ok(conn.last_insert_rowid())
}

/// Takes away the places that no report is of any more.
pub(super) fn drop_unused(conn: &Connection) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "DELETE FROM towns WHERE NOT EXISTS (SELECT 1 FROM sessions WHERE sessions.town_id = towns.id)",
    )?
    .execute(())
    .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::PlaceKind;
    use crate::store::SCHEMA;

    fn place(code: Option<&str>, county: Option<&str>) -> Place {
        Place {
            name: "云溪镇".into(),
            kind: PlaceKind::Town,
            code: code.map(str::to_owned),
            county: county.map(str::to_owned),
            city: None,
            province: None,
        }
    }

    #[test]
    fn one_row_a_place() {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(SCHEMA).unwrap();
        let row = |code, county| find_or_insert(&conn, &place(code, county)).unwrap();
        let coded = row(Some("999101102"), Some("安平县"));
        assert_eq!(coded, row(Some("999101102"), None));
        let uncoded = row(None, Some("安平县"));
        assert_ne!(coded, uncoded);
        assert_eq!(uncoded, row(None, Some("安平县")));
        assert_ne!(uncoded, row(None, None));
        assert_eq!(row(None, None), row(None, None));
    }
}
