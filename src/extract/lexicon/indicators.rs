use std::sync::LazyLock;

use crate::fact::Indicator;

static INDICATORS: LazyLock<Vec<Indicator>> = LazyLock::new(|| {
    include_str!("indicators.tsv")
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
