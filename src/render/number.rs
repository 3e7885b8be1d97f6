//! Numbers as people read them: 14.5亿元, 1.45 billion yuan, +36.3%.

use crate::query::Lang;

/// The multiplier that a column of values is shown in, and the digits behind its point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    factor: f64,
    word: &'static str,
    decimals: usize,
    /// Whether thousands are parted: where one number of the column needs it, all have it.
    grouped: bool,
}

const PLAIN: Scale = Scale {
    factor: 1.0,
    word: "",
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
    let steps: &[(f64, &str)] = match (lang, unit) {
        // Rates are said as they are.
        (_, "%" | "百分点" | "") => &[],
        // 万元 has its multiplier.
        (_, unit) if has_multiplier(unit) => &[],
        (Lang::Zh, _) => &[(1e8, "亿"), (1e4, "万")],
        (Lang::En, _) => &[(1e9, "billion"), (1e6, "million")],
    };
    let mut sizes: Vec<f64> = values
        .iter()
        .map(|value| value.abs())
        .filter(|size| *size > 0.0)
        .collect();
    sizes.sort_by(f64::total_cmp);
    let middle = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
    let (factor, word) = steps
        .iter()
        .copied()
        .find(|(factor, _)| middle >= *factor)
        .unwrap_or((1.0, ""));
    let decimals = values
        .iter()
        .map(|value| decimals(value / factor))
        .max()
        .unwrap_or(0)
        .min(most);
    Scale {
        factor,
        word,
        decimals,
        grouped: are_long(&sizes, factor),
    }
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
        decimals,
        grouped,
    } = scale;
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
    fn changes_are_signed() {
        assert_eq!(growth(36.3, "%", Lang::Zh), "+36.3%");
        assert_eq!(growth(-40.0, "%", Lang::En), "-40%");
        assert_eq!(growth(0.0, "%", Lang::En), "0%");
        assert_eq!(growth(2.9, "百分点", Lang::Zh), "+2.9个百分点");
    }
}
