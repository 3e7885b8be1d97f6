//! What a change is against: 比上年, 较2019年, 按可比价 at the end of what stands before a change word.

use super::subject::edge;

/// 比上年, 较2019年, 同比 …: what a change is against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    /// Nothing said, or the year before.
    YearBefore,
    /// A named year.
    Year(i32),
    /// Some other earlier time.
    Earlier,
}

/// Cuts the comparison off the end of what stands before a change word.
pub(super) fn strip_comparison(text: &str) -> (&str, Base) {
    let text = strip_basis(text.trim_end_matches(edge));
    for word in [
        "同比",
        "环比",
        "同口径",
        "按可比价",
        "按可比口径",
        "按可比价格",
        "按可比价格计算",
        "按可比价计算",
        "按不变价",
        "按不变价计算",
        "按不变价格计算",
        "可比价",
        "可比口径",
        "可比",
    ] {
        if let Some(rest) = text.strip_suffix(word) {
            let base = if word == "环比" {
                Base::Earlier
            } else {
                Base::YearBefore
            };
            let (rest, inner) = strip_comparison(rest);
            return (
                rest,
                if inner == Base::YearBefore {
                    base
                } else {
                    inner
                },
            );
        }
    }
    let Some((at, c)) = text
        .char_indices()
        .rev()
        .take(14)
        .find(|&(at, c)| (c == '比' || c == '较') && opens_time(&text[at + c.len_utf8()..]))
    else {
        return (text, Base::YearBefore);
    };
    let than = &text[at + c.len_utf8()..];
    (text[..at].trim_end_matches(edge), base(than))
}

/// （按可比口径）, 剔除减税因素后, 按不变价计算: how the compared values were made alike, cut off the end.
fn strip_basis(text: &str) -> &str {
    const BASIS: [&str; 8] = [
        "口径",
        "可比",
        "不变价",
        "同比",
        "剔除",
        "扣除",
        "不含",
        "因素",
    ];
    let bracket = text
        .strip_suffix('）')
        .and_then(|inner| inner.rsplit_once('（'))
        .filter(|(_, note)| BASIS.iter().any(|word| note.contains(word)));
    if let Some((rest, _)) = bracket {
        return rest.trim_end_matches(edge);
    }
    let ends = [
        "口径",
        "计算",
        "核算",
        "因素",
        "因素后",
        "影响",
        "影响后",
        "因素影响",
        "价",
        "价格",
        "后",
    ];
    if !ends.iter().any(|end| text.ends_with(end)) {
        return text;
    }
    let of_comparison = |from: usize| {
        let basis = &text[from..];
        let removed = basis.starts_with("剔除") || basis.starts_with("扣除");
        let count = basis.chars().count();
        count <= 16
            && (removed
                || ["口径", "可比", "不变价", "现价"]
                    .iter()
                    .any(|word| basis.contains(word)))
    };
    ["剔除", "扣除", "若按", "如按", "按", "同口径"]
        .iter()
        .filter_map(|word| text.rfind(word))
        .find(|&from| of_comparison(from))
        .map_or(text, |from| text[..from].trim_end_matches(edge))
}

/// Whether a comparison goes on with an earlier time.
fn opens_time(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        || chinese_year(text).is_some()
        || [
            "上",
            "去年",
            "前",
            "年初",
            "期初",
            "基期",
            "“",
            "十",
            "同期",
            "往年",
            "五年前",
            "改革",
            "过去",
            "历年",
        ]
        .iter()
        .any(|word| text.starts_with(word))
}

/// 一九八〇 at the start of a text.
fn chinese_year(text: &str) -> Option<i32> {
    let digits = text.chars().take(4).map(|c| match c {
        '〇' | '○' | '零' => Some(0),
        c => "一二三四五六七八九"
            .chars()
            .position(|known| known == c)
            .and_then(|at| i32::try_from(at + 1).ok()),
    });
    let year = digits
        .collect::<Option<Vec<i32>>>()?
        .into_iter()
        .fold(0, |year, digit| year * 10 + digit);
    (1900..2100).contains(&year).then_some(year)
}

fn base(than: &str) -> Base {
    if let Some(year) = chinese_year(than) {
        return Base::Year(year);
    }
    if let Some(year) = than
        .get(..4)
        .and_then(|year| year.parse::<i32>().ok())
        .filter(|year| (1900..2100).contains(year))
    {
        return Base::Year(year);
    }
    if ["上年", "去年", "上一年", "年初"]
        .iter()
        .any(|word| than.starts_with(word))
    {
        return Base::YearBefore;
    }
    Base::Earlier
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons() {
        assert_eq!(
            strip_comparison("主营业务收入同比"),
            ("主营业务收入", Base::YearBefore)
        );
        assert_eq!(
            strip_comparison("森林覆盖率比2011年"),
            ("森林覆盖率", Base::Year(2011))
        );
        assert_eq!(strip_comparison("比上个五年"), ("", Base::Earlier));
    }
}
