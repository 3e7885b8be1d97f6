//! What was newly added, built or begun, beside all there is: the words in a label that say so, `added.tsv`.

use std::sync::LazyLock;

use super::measure::dimension;

/// How a label says that it is of what was added and not of all there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Added {
    /// The word of the label, of [`WORD`] characters.
    pub(crate) word: &'static str,
    /// Whether it says so wherever it stands (全年新增), and not only first.
    pub(crate) anywhere: bool,
    /// Behind a value, in English: added.
    pub en: &'static str,
    /// In Chinese: 新增.
    pub zh: &'static str,
}

/// How many characters each of the words has.
pub(crate) const WORD: usize = 2;

static ADDED: LazyLock<Vec<Added>> = LazyLock::new(|| {
    let lines = include_str!("added.tsv").lines().skip(1);
    lines
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some(Added {
                word: cells.next()?,
                anywhere: cells.next()? == "anywhere",
                en: cells.next()?,
                zh: cells.next()?,
            })
        })
        .collect()
});

/// The words that say it.
pub(crate) fn added_words() -> impl Iterator<Item = &'static Added> {
    ADDED.iter()
}

impl Added {
    /// Whether it is of what is new, and neither begun nor only finished: all that 新增 asks for.
    pub(crate) fn is_new(&self) -> bool {
        self.word.starts_with(['新', '净'])
    }
}

/// How a label says that something was added: 新增高新技术企业.
#[must_use]
pub fn added(label: &str) -> Option<&'static Added> {
    let says = |added: &&Added| {
        label.starts_with(added.word) || added.anywhere && label.contains(added.word)
    };
    ADDED.iter().find(says)
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
        assert!(is_added("全年新增高新技术企业"));
        assert!(!is_added("高新技术企业") && !is_added("新能源汽车") && !is_added("已建成公园"));
        assert!(is_added_to("高新技术企业", "家") && is_added_to("高速公路通车里程", "米"));
        assert!(!is_added_to("新增就业", "人") && !is_added_to("税收收入", "元"));
        assert!(!is_added_to("开工保障性住房", "套"));
    }

    #[test]
    fn all_words_are_as_long() {
        assert!(added_words().all(|added| added.word.chars().count() == WORD));
    }
}
