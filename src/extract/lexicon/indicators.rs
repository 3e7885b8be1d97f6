use std::sync::LazyLock;

use crate::fact::Indicator;

/// The table that [`indicators`] are read from, as it is written.
pub const INDICATORS_TABLE: &str = include_str!("indicators.tsv");

static INDICATORS: LazyLock<Vec<Indicator>> = LazyLock::new(|| {
    INDICATORS_TABLE
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let names = |first: &str, more: &str| {
                std::iter::once(first)
                    .chain(more.split('|').filter(|name| !name.is_empty()))
                    .map(str::to_owned)
                    .collect()
            };
            Indicator {
                id: cells[0].to_owned(),
                name_zh: cells[1].to_owned(),
                name_en: cells[2].to_owned(),
                unit: cells[3].to_owned(),
                names_zh: names(cells[1], cells[4]),
                names_en: names(cells[2], cells[5]),
                definition: cells[6].to_owned(),
            }
        })
        .collect()
});

/// The indicators that the reader knows, in the order of `indicators.tsv`.
#[must_use]
pub fn indicators() -> &'static [Indicator] {
    &INDICATORS
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;

    /// What kind of thing a unit counts or measures: figures in units of one kind cannot be told apart.
    fn kind(unit: &str) -> &str {
        match unit {
            "元" | "美元" => "money",
            "亩" | "平方米" => "area",
            "人" | "人次" => "persons",
            "户" => "households",
            "%" | "‰" => "share",
            "吨" | "米" | "微克/立方米" | "千瓦" | "千瓦时" | "立方米" | "小时" | "岁" | "天" => {
                unit
            }
            _ => "things",
        }
    }

    #[test]
    fn the_vocabulary_is_wide() {
        assert!(
            indicators().len() >= 200,
            "{} indicators",
            indicators().len()
        );
    }

    #[test]
    fn every_line_has_seven_filled_cells() {
        for (at, line) in INDICATORS_TABLE.lines().enumerate() {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 7, "line {}: {line}", at + 1);
            for cell in cells {
                assert!(!cell.trim().is_empty(), "line {}: {line}", at + 1);
                assert_eq!(cell, cell.trim(), "line {}", at + 1);
                assert!(
                    cell.split('|').all(|name| !name.trim().is_empty()),
                    "line {}: an empty name in {cell}",
                    at + 1
                );
            }
        }
    }

    #[test]
    fn ids_are_unique() {
        let mut seen = HashSet::new();
        for indicator in indicators() {
            assert!(seen.insert(&indicator.id), "{} stands twice", indicator.id);
            assert!(
                indicator
                    .id
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'),
                "{}",
                indicator.id
            );
        }
    }

    #[test]
    fn an_english_name_has_one_meaning() {
        let mut meaning = HashMap::new();
        for indicator in indicators() {
            for name in &indicator.names_en {
                let other = meaning.insert(name.to_lowercase(), &indicator.id);
                assert_eq!(other, None, "{name} names {} too", indicator.id);
            }
        }
    }

    /// 低保 counts households in 户 and persons in 人: the unit of a figure tells which.
    #[test]
    fn a_chinese_name_has_one_meaning_in_each_kind_of_unit() {
        let mut meaning = HashMap::new();
        for indicator in indicators() {
            for name in &indicator.names_zh {
                let key = (name.to_lowercase(), kind(&indicator.unit));
                let other = meaning.insert(key, &indicator.id);
                assert_eq!(other, None, "{name} names {} too", indicator.id);
            }
        }
    }

    #[test]
    fn definitions_name_their_source() {
        for indicator in indicators() {
            assert!(
                indicator.definition.ends_with(')') && indicator.definition.contains(" ("),
                "{}: {}",
                indicator.id,
                indicator.definition
            );
        }
    }
}
