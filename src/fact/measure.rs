/// The base units that measure, and what each measures. All others count: 家 and 户 may stand for each other, 元 and 美元
/// not.
const MEASURES: [(&str, &str); 14] = [
    ("元", "money"),
    ("美元", "dollars"),
    ("平方米", "area"),
    ("平方公里", "area"),
    ("亩", "area"),
    ("公顷", "area"),
    ("米", "length"),
    ("公里", "length"),
    ("吨", "mass"),
    ("公斤", "mass"),
    ("斤", "mass"),
    ("%", "share"),
    ("‰", "share"),
    ("百分点", "points"),
];

/// What a base unit measures; `None` where it counts.
#[must_use]
pub fn dimension(unit: &str) -> Option<&'static str> {
    let of = |(base, dimension): &(&str, &'static str)| (*base == unit).then_some(*dimension);
    MEASURES.iter().find_map(of)
}
