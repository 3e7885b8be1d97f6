use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::rows;
use crate::document::dictionary::Dictionary;

/// What a unit measures. Figures of different dimensions are never compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// 元, 美元 …
    Money,
    /// 平方米, 亩, 公顷
    Area,
    /// 米
    Length,
    /// 立方米
    Volume,
    /// 吨
    Mass,
    /// 千瓦时, 千瓦
    Energy,
    /// 微克/立方米
    Concentration,
    /// %, ‰
    Share,
    /// 百分点
    Points,
    /// 倍
    Times,
    /// 番
    Doubling,
    /// 年, 天, 小时, 岁
    Time,
    /// 人, 人次
    Person,
    /// 家, 个, 项 and the other counters
    Count,
    /// 三村: the noun itself takes the counter's place
    Noun,
}

/// One way to write a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// As written: 万 and 亿 are not part of it.
    pub form: &'static str,
    /// The base unit that it folds to.
    pub base: &'static str,
    /// How many base units it is.
    pub factor: Decimal,
    /// What it measures.
    pub dimension: Dimension,
}

impl Unit {
    /// Whether it counts things one by one, so that the noun may follow it (13家企业).
    #[must_use]
    pub fn counts(&self) -> bool {
        matches!(
            self.dimension,
            Dimension::Count | Dimension::Person | Dimension::Noun
        )
    }
}

struct Units {
    forms: Dictionary,
    /// By the place of their form.
    units: Vec<Unit>,
}

static UNITS: LazyLock<Units> = LazyLock::new(|| {
    let mut units: Vec<Unit> = Vec::new();
    for row in rows(include_str!("units.tsv")) {
        let [form, base, factor, dimension] = row[..] else {
            panic!("units.tsv: four cells a line: {row:?}")
        };
        units.push(Unit {
            form,
            base,
            factor: factor.parse().expect("units.tsv: a number"),
            dimension: parse_dimension(dimension),
        });
    }
    let forms = Dictionary::new(units.iter().map(|unit| unit.form));
    units.sort_by_key(|unit| forms.place(unit.form));
    Units { forms, units }
});

fn parse_dimension(name: &str) -> Dimension {
    match name {
        "money" => Dimension::Money,
        "area" => Dimension::Area,
        "length" => Dimension::Length,
        "volume" => Dimension::Volume,
        "mass" => Dimension::Mass,
        "energy" => Dimension::Energy,
        "concentration" => Dimension::Concentration,
        "share" => Dimension::Share,
        "points" => Dimension::Points,
        "times" => Dimension::Times,
        "doubling" => Dimension::Doubling,
        "time" => Dimension::Time,
        "person" => Dimension::Person,
        "count" => Dimension::Count,
        "noun" => Dimension::Noun,
        other => panic!("units.tsv: unknown dimension {other}"),
    }
}

/// The longest unit that `text` begins with.
#[must_use]
pub fn unit_at(text: &str) -> Option<&'static Unit> {
    let place = UNITS.forms.openings(text).next()?;
    Some(&UNITS.units[place])
}
