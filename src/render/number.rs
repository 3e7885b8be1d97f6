//! Numbers as people read them: 14.5亿元, 1.45 billion yuan, +36.3%.

use crate::query::Lang;

/// The multiplier that a column of values is shown in, and the digits behind its point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    factor: f64,
    word: &'static str,
    /// The unit that values are shown in, where it is not their own: 公里 for 米.
    unit: Option<&'static str>,
    decimals: usize,
    /// Whether thousands are parted: where one number of the column needs it, all have it.
    grouped: bool,
}

const PLAIN: Scale = Scale {
    factor: 1.0,
    word: "",
    unit: None,
    decimals: 0,
    grouped: false,
};

impl Scale {
    /// How many base units one of the shown units is.
    pub(super) const fn factor(self) -> f64 {
        self.factor
    }

    /// The digits behind the point.
    pub(super) const fn decimals(self) -> usize {
        self.decimals
    }

    /// The multiplier and the unit: 亿元, billion yuan.
    pub(super) fn unit(self, unit: &str, lang: Lang) -> String {
        let unit = self.unit.unwrap_or(unit);
        match lang {
            Lang::Zh => format!("{}{unit}", self.word),
            Lang::En => format!("{} {}", self.word, english_unit(unit))
                .trim()
                .to_owned(),
        }
    }
}

/// The multiplier that suits most of the values, with as many decimals as the most precise of them needs (at most
/// four), so that a column shows equal decimals.
#[must_use]
pub fn scale(values: &[f64], unit: &str, lang: Lang) -> Scale {
    scale_to(values, unit, lang, 4)
}

/// As [`scale`], with at most this many decimals.
#[must_use]
pub fn scale_to(values: &[f64], unit: &str, lang: Lang, most: usize) -> Scale {
    scale_as(values, unit, lang, most, false)
}

/// As [`scale_to`]; of values that reports write in the greater unit (see [`is_in_greater`]) in that.
#[must_use]
pub(super) fn scale_as(
    values: &[f64],
    unit: &str,
    lang: Lang,
    most: usize,
    in_greater: bool,
) -> Scale {
    let mut sizes: Vec<f64> = values
        .iter()
        .map(|value| value.abs())
        .filter(|size| *size > 0.0)
        .collect();
    sizes.sort_by(f64::total_cmp);
    let middle = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
    let greater = GREATER.iter().find(|greater| {
        unit == greater.of && middle >= greater.factor && (greater.is_usual || in_greater)
    });
    let (unit, base) = greater.map_or((unit, 1.0), |greater| (greater.unit, greater.factor));
    let steps: &[(f64, &str)] = match (lang, unit) {
        // Rates are said as they are.
        (_, "%" | "百分点" | "") => &[],
        // 万元 has its multiplier.
        (_, unit) if has_multiplier(unit) => &[],
        (Lang::Zh, _) => &[(1e8, "亿"), (1e4, "万")],
        (Lang::En, _) => &[(1e9, "billion"), (1e6, "million")],
    };
    let (step, word) = steps
        .iter()
        .copied()
        .find(|(step, _)| middle / base >= *step)
        .unwrap_or((1.0, ""));
    let factor = base * step;
    let decimals = values
        .iter()
        .map(|value| decimals(value / factor))
        .max()
        .unwrap_or(0)
        .min(most);
    Scale {
        factor,
        word,
        unit: greater.map(|greater| greater.unit),
        decimals,
        grouped: are_long(&sizes, factor),
    }
}

/// A unit that people say instead of thousands of the stored one.
struct Greater {
    unit: &'static str,
    of: &'static str,
    factor: f64,
    /// Whether all such values are said in it; else those that reports write in it are.
    is_usual: bool,
    /// How reports write it.
    words: &'static [&'static str],
}

const GREATER: [Greater; 2] = [
    Greater {
        unit: "公里",
        of: "米",
        factor: 1e3,
        is_usual: true,
        words: &["公里", "千米", "km"],
    },
    // Floors are said in 万平方米, land in either.
    Greater {
        unit: "平方公里",
        of: "平方米",
        factor: 1e6,
        is_usual: false,
        words: &["平方公里", "平方千米", "km2", "km²"],
    },
];

/// Whether a number of this unit is written in the greater one: 35.2平方公里.
#[must_use]
pub(super) fn is_in_greater(unit: &str, written: &str) -> bool {
    let of_unit = |greater: &&Greater| greater.of == unit;
    GREATER
        .iter()
        .find(of_unit)
        .is_some_and(|greater| greater.words.iter().any(|word| written.ends_with(word)))
}

/// Whether a number has more than four digits before its point.
fn are_long(values: &[f64], factor: f64) -> bool {
    values.iter().any(|value| value.abs() / factor >= 1e4)
}

fn has_multiplier(unit: &str) -> bool {
    unit.chars().count() > 1 && unit.starts_with(['万', '亿', '千', '百'])
        || unit.split(' ').count() > 1
}

/// No multiplier, for values whose unit was asked for.
#[must_use]
pub(super) fn unscaled(values: &[f64], most: usize) -> Scale {
    let needed = values.iter().map(|value| decimals(*value)).max();
    Scale {
        decimals: needed.unwrap_or(0).min(most),
        grouped: are_long(values, 1.0),
        ..PLAIN
    }
}

/// The fewest decimals, at most four, that show a number exactly.
pub(super) fn decimals(value: f64) -> usize {
    (0..4)
        .find(|digits| {
            let shown = format!("{value:.digits$}");
            shown
                .parse::<f64>()
                .is_ok_and(|read| (read - value).abs() <= value.abs() * 1e-9)
        })
        .unwrap_or(4)
}

/// A value in a scale, with its unit.
#[must_use]
pub fn quantity(value: f64, unit: &str, scale: Scale, lang: Lang) -> String {
    let Scale {
        factor,
        word,
        unit: greater,
        decimals,
        grouped,
    } = scale;
    let unit = greater.unwrap_or(unit);
    let mut number = format!("{:.decimals$}", value / factor);
    if grouped {
        number = part_thousands(&number);
    }
    match lang {
        Lang::Zh => format!("{number}{word}{unit}"),
        Lang::En => {
            let unit = english_unit(unit);
            let word = if word.is_empty() {
                String::new()
            } else {
                format!(" {word}")
            };
            match unit {
                "%" | "" => format!("{number}{word}{unit}"),
                _ => format!("{number}{word} {unit}"),
            }
        }
    }
}

/// One value alone.
#[must_use]
pub fn alone(value: f64, unit: &str, lang: Lang) -> String {
    quantity(value, unit, scale(&[value], unit, lang), lang)
}

/// A change with its sign: +36.3%, -40%, 0%, +2.9个百分点.
#[must_use]
pub fn growth(value: f64, unit: &str, lang: Lang) -> String {
    growth_to(value, unit, decimals(value), lang)
}

/// As [`growth`], with so many decimals.
#[must_use]
pub fn growth_to(value: f64, unit: &str, digits: usize, lang: Lang) -> String {
    let sign = if value > 0.0 { "+" } else { "" };
    let unit = match (unit, lang) {
        ("百分点", Lang::Zh) => "个百分点",
        ("百分点", Lang::En) => " points",
        _ => "%",
    };
    format!("{sign}{value:.digits$}{unit}")
}

/// A plain number with at most three decimals.
#[must_use]
pub fn plain(value: f64) -> String {
    let scale = unscaled(&[value], 3);
    quantity(value, "", scale, Lang::En)
}

/// Thousands parted, which a number of more than four digits needs to be read.
fn part_thousands(number: &str) -> String {
    let (sign, rest) = number
        .strip_prefix('-')
        .map_or(("", number), |rest| ("-", rest));
    let (whole, fraction) = rest
        .split_once('.')
        .map_or((rest, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut parted = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            parted.push(',');
        }
        parted.push(digit);
    }
    let fraction = fraction.map_or(String::new(), |fraction| format!(".{fraction}"));
    format!("{sign}{parted}{fraction}")
}

/// A unit as a heading names it.
pub(super) fn unit_word(unit: &str, lang: Lang) -> &str {
    let english = english_unit(unit);
    match lang {
        Lang::En if !english.is_empty() => english,
        _ => unit,
    }
}

/// Units that English has a word for; the others stay as the reports write them. 户 are households, businesses or users,
/// which only what is counted tells.
fn english_unit(unit: &str) -> &str {
    match unit {
        "元" => "yuan",
        "美元" => "USD",
        "平方米" => "m²",
        "米" => "m",
        "公里" => "km",
        "平方公里" => "km²",
        "吨" => "t",
        "亩" => "mu",
        "百分点" => "points",
        "人" => "people",
        "个" | "家" | "项" | "件" | "处" | "次" => "",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_a_column_share_scale_and_decimals() {
        let values = [1.45e9, 1.8e9, 3.66e10];
        let scale = scale(&values, "元", Lang::Zh);
        let shown: Vec<String> = values
            .iter()
            .map(|v| quantity(*v, "元", scale, Lang::Zh))
            .collect();
        assert_eq!(shown, ["14.5亿元", "18.0亿元", "366.0亿元"]);
    }

    #[test]
    fn english_scales_by_thousands() {
        assert_eq!(alone(1.45e9, "元", Lang::En), "1.45 billion yuan");
        assert_eq!(alone(47_170_000.0, "元", Lang::En), "47.17 million yuan");
        assert_eq!(alone(23_875.0, "个", Lang::En), "23,875");
    }

    #[test]
    fn lengths_are_said_in_kilometres_and_areas_as_they_are_written() {
        assert_eq!(alone(28_230.0, "米", Lang::Zh), "28.23公里");
        assert_eq!(alone(751_400.0, "米", Lang::En), "751.4 km");
        assert_eq!(alone(530_000_000.0, "米", Lang::Zh), "53万公里");
        assert_eq!(alone(850.0, "米", Lang::En), "850 m");
        assert_eq!(alone(35_200_000.0, "平方米", Lang::Zh), "3520万平方米");
        let values = [35_200_000.0];
        let is_in = is_in_greater("平方米", "35.2平方公里");
        let scale = scale_as(&values, "平方米", Lang::Zh, 4, is_in);
        assert_eq!(
            quantity(values[0], "平方米", scale, Lang::Zh),
            "35.2平方公里"
        );
        assert!(!is_in_greater("平方米", "3520万平方米"));
    }

    #[test]
    fn changes_are_signed() {
        assert_eq!(growth(36.3, "%", Lang::Zh), "+36.3%");
        assert_eq!(growth(-40.0, "%", Lang::En), "-40%");
        assert_eq!(growth(0.0, "%", Lang::En), "0%");
        assert_eq!(growth(2.9, "百分点", Lang::Zh), "+2.9个百分点");
    }
}
