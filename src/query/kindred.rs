//! Which indicators report the same thing in another range: who finds one stated nowhere may ask of another.

/// The indicators that stand beside one, in the order of the table.
pub(super) fn kindred(indicator: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    for line in include_str!("kindred.tsv").lines().skip(1) {
        let all: Vec<&'static str> = line.split(' ').collect();
        if all.contains(&indicator) {
            let others = all.into_iter().filter(|other| *other != indicator);
            found.extend(
                others
                    .filter(|other| !found.contains(other))
                    .collect::<Vec<_>>(),
            );
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::kindred;

    #[test]
    fn each_is_beside_the_other() {
        assert_eq!(
            kindred("industrial_output"),
            ["industrial_output_above_scale"]
        );
        assert_eq!(
            kindred("industrial_output_above_scale"),
            ["industrial_output"]
        );
        assert!(kindred("tax_revenue").is_empty());
    }
}
