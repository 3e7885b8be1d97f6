//! The time that a store says something was done at.

use jiff::Timestamp;

/// The name of the environment variable that states the time, as reproducible builds use it.
const STATED: &str = "SOURCE_DATE_EPOCH";

/// Seconds from 1970 that the environment variable `SOURCE_DATE_EPOCH` states, so that whoever makes a store again from
/// the same files gets the same bytes; none where it is not set.
///
/// # Errors
///
/// What it says instead, where that is no such number.
pub fn stated_moment() -> Result<Option<Timestamp>, String> {
    match std::env::var_os(STATED) {
        None => Ok(None),
        Some(said) => {
            let said = said.to_string_lossy();
            moment(&said).map(Some).ok_or_else(|| said.into_owned())
        }
    }
}

fn moment(said: &str) -> Option<Timestamp> {
    Timestamp::from_second(said.parse().ok()?).ok()
}

/// This moment in UTC, to the second, or the one that is stated.
pub(super) fn now() -> String {
    let stated = stated_moment().ok().flatten();
    stated
        .unwrap_or_else(Timestamp::now)
        .strftime("%FT%TZ")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn a_stated_time_is_seconds_from_1970() {
        assert_eq!(
            moment("1700000000").map(|time| time.to_string()),
            Some("2023-11-14T22:13:20Z".to_owned())
        );
        for said in ["", "2023-11-14", "1e9", "99999999999999"] {
            assert_eq!(moment(said), None, "{said}");
        }
    }
}
