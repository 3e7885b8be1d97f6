//! Days with which deadlines and dates are compared: of a year, or of any: 2024-07-01, and `--07-01`, as ISO 8601 writes it.

use std::fmt;

use super::Lang;
use super::word_list::word_list;

/// A day of a year, or of every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    Of(jiff::civil::Date),
    /// A month and a day.
    Yearly(i8, i8),
}

impl Day {
    /// `None` where there is no such day.
    pub(super) fn new(year: Option<i16>, month: i16, day: i16) -> Option<Self> {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        if let Some(year) = year {
            return jiff::civil::Date::new(year, month, day).ok().map(Self::Of);
        }
        let days = days_of(month)?;
        (1..=days)
            .contains(&day)
            .then_some(Self::Yearly(month, day))
    }

    pub(super) fn last_of_month(self) -> Self {
        match self {
            Self::Of(date) => Self::Of(date.last_of_month()),
            Self::Yearly(month, day) => Self::Yearly(month, days_of(month).unwrap_or(day)),
        }
    }

    /// The day before; the first of all years has none.
    pub(super) fn yesterday(self) -> Option<Self> {
        match self {
            Self::Of(date) => date.yesterday().ok().map(Self::Of),
            Self::Yearly(month, 1) => {
                let before = month - 1;
                Some(Self::Yearly(before, days_of(before)?))
            }
            Self::Yearly(month, day) => Some(Self::Yearly(month, day - 1)),
        }
    }

    /// The day after; the last of all years has none.
    pub(super) fn tomorrow(self) -> Option<Self> {
        match self {
            Self::Of(date) => date.tomorrow().ok().map(Self::Of),
            Self::Yearly(month, day) if day < days_of(month)? => Some(Self::Yearly(month, day + 1)),
            Self::Yearly(12, _) => None,
            Self::Yearly(month, _) => Some(Self::Yearly(month + 1, 1)),
        }
    }
}

fn days_of(month: i8) -> Option<i8> {
    let at = usize::try_from(month).ok()?.checked_sub(1)?;
    word_list("days of month").get(at)?.parse().ok()
}

/// As it is stored, and bound in a statement.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Of(date) => write!(f, "{date}"),
            Self::Yearly(month, day) => write!(f, "--{month:02}-{day:02}"),
        }
    }
}

/// The month and the day of one that is of any year.
pub(super) fn of_any_year(date: &str) -> Option<&str> {
    date.strip_prefix("--")
}

/// How a reading says a day: 2024-07-01, `July 1`, 7月1日.
pub(super) fn said(date: &str, lang: Lang) -> String {
    let yearly = of_any_year(date).and_then(|day| day.split_once('-'));
    let yearly = yearly.and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
    let Some((month, day)) = yearly else {
        return date.to_owned();
    };
    let (month, day): (usize, i8) = (month, day);
    match lang {
        Lang::Zh => format!("{month}月{day}日"),
        Lang::En => {
            format!("{} {day}", month_in_english(month).unwrap_or_default())
        }
    }
}

/// The name of a month, the first being 1: January.
pub(super) fn month_in_english(month: usize) -> Option<String> {
    let name = word_list("month").get(month.checked_sub(1)?)?;
    let (first, rest) = name.split_at(1);
    Some(format!("{}{rest}", first.to_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_any_year_is_said_in_words() {
        let day = |month, day| Day::new(None, month, day).map(|day| day.to_string());
        assert_eq!(day(7, 1).as_deref(), Some("--07-01"));
        assert_eq!(day(2, 30), None);
        assert_eq!(day(13, 1), None);
        let first = Day::new(None, 7, 1).expect("a day");
        assert_eq!(
            first.yesterday().map(|day| day.to_string()).as_deref(),
            Some("--06-30")
        );
        assert_eq!(first.last_of_month().to_string(), "--07-31");
        let next = |month, day| {
            let day = Day::new(None, month, day).expect("a day");
            day.tomorrow().map(|day| day.to_string())
        };
        assert_eq!(next(1, 31).as_deref(), Some("--02-01"));
        assert_eq!(next(6, 29).as_deref(), Some("--06-30"));
        assert_eq!(next(12, 31), None);
        assert!(Day::new(None, 1, 1).expect("a day").yesterday().is_none());
        assert_eq!(said("--07-01", Lang::En), "July 1");
        assert_eq!(said("--07-01", Lang::Zh), "7月1日");
        assert_eq!(said("2024-07-01", Lang::En), "2024-07-01");
    }
}
