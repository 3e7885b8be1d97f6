//! The words for what a figure covers that is not of a whole year: `period.tsv`.

use crate::query::day::month_in_english;

/// How a period is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// Behind a value, in English: to month 10.
    pub mark: String,
    /// In a sentence, in English: January to October.
    pub note: String,
    /// In Chinese: 截至10月.
    pub zh: String,
}

impl Period {
    /// Of the name of a period in the store; one that is not in the list is some other.
    #[must_use]
    pub fn of(period: &str) -> Self {
        let rows = || {
            let lines = include_str!("period.tsv").lines().skip(1);
            lines.map(|line| line.split('\t').collect::<Vec<_>>())
        };
        let number = |row: &[&str]| {
            let month = period.strip_prefix(row.first()?)?;
            let is_month = row[0].ends_with('-') && month.parse::<usize>().is_ok();
            (is_month || month.is_empty()).then(|| month.to_owned())
        };
        let found = rows().find_map(|row| number(&row).map(|number| (row, number)));
        let (row, number) = found
            .or_else(|| rows().last().map(|row| (row, String::new())))
            .unwrap_or_default();
        let month = number.parse().ok().and_then(month_in_english);
        let said = |at: usize| {
            let words = row.get(at).copied().unwrap_or_default();
            let words = words.replace("{number}", &number);
            words.replace("{month}", month.as_deref().unwrap_or(&number))
        };
        Self {
            mark: said(1),
            note: said(2),
            zh: said(3),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Period;

    #[test]
    fn each_period_has_its_words() {
        let period = Period::of("to-month-10");
        assert_eq!(period.mark, "to month 10");
        assert_eq!(period.note, "January to October");
        assert_eq!(period.zh, "截至10月");
        assert_eq!(Period::of("cumulative").zh, "多年累计");
        assert_eq!(Period::of("to-month-x").zh, "其他时段");
        assert_eq!(Period::of("of the moon").mark, "other time");
    }
}
