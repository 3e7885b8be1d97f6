//! Numbers and dates as mastheads write them: 十九, 二〇二三, 2023年1月10日.

use std::sync::LazyLock;

use regex::Regex;

/// The value of a Chinese digit; the letters that stand for 〇 in old texts are one as well.
pub(crate) fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' | 'Ｏ' | 'O' | '0' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// A number from 0 to 9999 in Arabic digits or Chinese numerals (十九, 二十, 二〇二三).
pub(crate) fn number(text: &str) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok().filter(|&n| n < 10_000);
    }
    if let Some((tens, ones)) = text.split_once('十') {
        let tens = match tens {
            "" => 1,
            tens => digit(tens.chars().next()?).filter(|_| tens.chars().count() == 1)?,
        };
        let ones = match ones {
            "" => 0,
            ones => digit(ones.chars().next()?).filter(|_| ones.chars().count() == 1)?,
        };
        return Some(tens * 10 + ones);
    }
    let mut number = 0;
    for c in text.chars() {
        number = number * 10 + digit(c)?;
        if number > 9999 {
            return None;
        }
    }
    Some(number)
}

/// A date in a text: its bytes and its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dated {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) date: jiff::civil::Date,
}

/// The full dates in `text`, in reading order. Impossible ones (2月30日) are left out.
pub(crate) fn dates(text: &str) -> Vec<Dated> {
    static DATE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"([12]\d{3}|[一二][九〇零○][〇零○一二三四五六七八九]{2})年(\d{1,2}|[一二三四五六七八九十]{1,2})月(\d{1,2}|[一二三四五六七八九十]{1,3})日",
        )
        .expect("the pattern of a date compiles")
    });
    // Most texts have no date, which is sooner known so.
    let text = if text.contains('日') { text } else { "" };
    DATE.captures_iter(text)
        .filter_map(|found| {
            let all = found.get(0)?;
            let part = |i: usize| number(found.get(i)?.as_str());
            let date = jiff::civil::Date::new(
                i16::try_from(part(1)?).ok()?,
                i8::try_from(part(2)?).ok()?,
                i8::try_from(part(3)?).ok()?,
            )
            .ok()?;
            Some(Dated {
                start: all.start(),
                end: all.end(),
                date,
            })
        })
        .collect()
}

/// The years (2022年, 二〇二二年) in `text` with their bytes, those that open a stretch (2018年以来, 2015—2020年) left out.
pub(crate) fn years(text: &str) -> Vec<(usize, i32)> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"([12][09]\d\d|[一二][九〇零○][〇零○一二三四五六七八九]{2})年(以来|至|到|—|-|起)?",
        )
        .expect("the pattern of a year compiles")
    });
    YEAR.captures_iter(text)
        .filter(|found| found.get(2).is_none())
        .filter_map(|found| {
            let year = found.get(1)?;
            Some((year.start(), number(year.as_str())? as i32))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (text, want) in [
            ("十九", Some(19)),
            ("二十", Some(20)),
            ("十", Some(10)),
            ("三", Some(3)),
            ("三十一", Some(31)),
            ("二〇二三", Some(2023)),
            ("一九九八", Some(1998)),
            ("17", Some(17)),
            ("百", None),
            ("", None),
        ] {
            assert_eq!(number(text), want, "{text}");
        }
    }

    #[test]
    fn days() {
        let found = |text: &str| -> Vec<String> {
            dates(text).iter().map(|d| d.date.to_string()).collect()
        };
        assert_eq!(found("（2023年1月10日）"), ["2023-01-10"]);
        assert_eq!(found("二〇一九年十二月二十八日在大会上"), ["2019-12-28"]);
        assert_eq!(found("2023年2月30日"), Vec::<String>::new());
    }

    #[test]
    fn years_in_headings() {
        let found = |text: &str| -> Vec<i32> { years(text).into_iter().map(|y| y.1).collect() };
        assert_eq!(found("2018年和过去五年工作回顾"), [2018]);
        assert_eq!(found("2008年以来的工作回顾"), Vec::<i32>::new());
        assert_eq!(found("一九九三年的工作"), [1993]);
    }
}
