//! What was newly added, beside all there is.

use super::measure::dimension;

/// What the label of something newly added begins with.
pub(crate) const ADDED: [&str; 6] = ["新增", "净增", "新认", "新培", "新申", "新获"];

/// Whether an indicator of this Chinese name and unit counts what more is added to: not money or area, nor what is itself
/// of what is added (新增就业).
pub(crate) fn is_added_to(indicator: &str, unit: &str) -> bool {
    dimension(unit).is_none() && !indicator.starts_with(['新', '净'])
}

/// Whether a label says what was added: 新增高新技术企业.
pub(crate) fn is_added(label: &str) -> bool {
    ADDED.iter().any(|word| label.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_is_not_all_there_is() {
        assert!(is_added("新增高新技术企业"));
        assert!(!is_added("高新技术企业") && !is_added("新能源汽车"));
        assert!(is_added_to("高新技术企业", "家"));
        assert!(!is_added_to("新增就业", "人") && !is_added_to("税收收入", "元"));
    }
}
