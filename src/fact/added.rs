//! What was newly added, built or begun, beside all there is: the words that a label opens with, `added.tsv`.

use std::sync::LazyLock;

use super::measure::dimension;

/// How much of a thing a label speaks of that is not all there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Added {
    /// The first characters of the label.
    pub(crate) opens: &'static str,
    /// Behind a value, in English: added.
    pub en: &'static str,
    /// In Chinese: 新增.
    pub zh: &'static str,
}

static ADDED: LazyLock<Vec<Added>> = LazyLock::new(|| {
    let lines = include_str!("added.tsv").lines().skip(1);
    lines
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some(Added {
                opens: cells.next()?,
                en: cells.next()?,
                zh: cells.next()?,
            })
        })
        .collect()
});

/// The characters that a label of something added opens with; all have so many.
pub(crate) fn openings() -> impl Iterator<Item = &'static str> {
    ADDED.iter().map(|added| added.opens)
}

/// How many characters each of the openings has.
pub(crate) const OPENING: usize = 2;

/// What a label says was added: 新增高新技术企业.
#[must_use]
pub fn added(label: &str) -> Option<&'static Added> {
    ADDED.iter().find(|added| label.starts_with(added.opens))
}

/// Whether an indicator of this Chinese name and unit measures what more is added to: things that are counted, and lengths;
/// not money or area, nor what is itself of what is added (新增就业, 开工项目).
pub(crate) fn is_added_to(indicator: &str, unit: &str) -> bool {
    matches!(dimension(unit), None | Some("length"))
        && !indicator.starts_with(['新', '净'])
        && added(indicator).is_none()
}

/// Whether a label says what was added: 新增高新技术企业.
pub(crate) fn is_added(label: &str) -> bool {
    added(label).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_is_not_all_there_is() {
        assert!(is_added("新增高新技术企业") && is_added("开工建设高速公路"));
        assert!(!is_added("高新技术企业") && !is_added("新能源汽车"));
        assert!(is_added_to("高新技术企业", "家") && is_added_to("高速公路通车里程", "米"));
        assert!(!is_added_to("新增就业", "人") && !is_added_to("税收收入", "元"));
        assert!(!is_added_to("开工保障性住房", "套"));
    }

    #[test]
    fn each_opening_is_as_long_as_the_others() {
        assert!(openings().all(|word| word.chars().count() == OPENING));
    }
}
