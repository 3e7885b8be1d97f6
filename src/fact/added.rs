//! What was newly added, beside all there is.

/// What the label of something newly added begins with.
pub(crate) const ADDED: [&str; 6] = ["新增", "净增", "新认", "新培", "新申", "新获"];

/// Whether an indicator of this Chinese name is itself of what is added: 新增就业.
pub(crate) fn adds_itself(indicator: &str) -> bool {
    indicator.starts_with(['新', '净'])
}

/// Whether a label says what was added (新增高新技术企业) to what an indicator of this name counts.
pub(crate) fn is_added(label: &str, indicator: &str) -> bool {
    ADDED.iter().any(|word| label.starts_with(word)) && !adds_itself(indicator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_is_not_all_there_is() {
        assert!(is_added("新增高新技术企业", "高新技术企业"));
        assert!(!is_added("高新技术企业", "高新技术企业"));
        assert!(!is_added("新增就业", "新增就业"));
        assert!(!is_added("新能源汽车", "汽车产量"));
    }
}
