//! Several years that a text names together: 五年来, 40年来, “十五”时期.

use rust_decimal::Decimal;

use super::lexicon::{Role, Said, word_after, word_before, words, words_in};
use super::nominal::opens_with_verb;
use super::numeral::numeral;

/// Whether several years together are meant up to the end of `before`, and no single one has been named since. 创近五年新高
/// only compares with them, and 五年累计 holds to the end of its segment.
pub(super) fn speaks_of_several_years(before: &str, named: Option<usize>) -> bool {
    words_in(before, Role::SeveralYears).any(|(at, word)| {
        let rest = &before[at + word.len()..];
        let ends = word.ends_with(['计', '共']) && rest.contains('；');
        let compared = word_after(rest.trim_start_matches('来'), Role::Record).is_some();
        !ends && !compared && named.is_none_or(|named| named <= at)
    })
}

/// 五年新增就业3万人, 5年实际利用外资2亿美元: the clause opens with how many years it is of.
pub(super) fn opens_with_years(clause: &str) -> bool {
    let Some(years) = numeral(clause) else {
        return false;
    };
    let verb = clause[years.len..].strip_prefix('年').map(str::trim_start);
    (2..=5).any(|several| years.value == several.into())
        && verb.is_some_and(|verb| {
            ["共", "累计", "实际"]
                .iter()
                .any(|word| verb.starts_with(word))
                || word_after(verb, Role::New).is_some()
                || opens_with_verb(verb)
        })
}

/// 40年来, 自2001年以来, “十五”以来, “十五”期间: whether a clause before a number opens with years that go together, and
/// none of them, nor the last one, has been named since. 28年以来首次 only compares with them. `review` is the year that the
/// report looks back on.
pub(super) fn opens_with_a_span(before: &str, named: Option<usize>, review: Option<i32>) -> bool {
    words_in(before, Role::SpanEnd).any(|(at, word)| {
        let opening = before[..at]
            .rfind(['，', '；', '：', '！', '。'])
            .map_or(0, |mark| mark + '，'.len_utf8());
        let behind = &before[at + word.len()..];
        let compared = word_after(behind, Role::Record).is_some();
        let since = [Role::YearNamed, Role::AgainstLast]
            .iter()
            .any(|&role| words_in(behind, role).next().is_some());
        !compared
            && !since
            && named.is_none_or(|named| named <= at)
            && is_several(&before[opening..at], review)
    })
}

/// What a span is of: 自2001年, “十五”, 过去40, 改革开放. The year under review is one.
fn is_several(text: &str, review: Option<i32>) -> bool {
    let text = text.trim();
    let text = word_after(text, Role::SpanLead).map_or(text, |lead| &text[lead.len()..]);
    let plan = || {
        let name = text.trim_matches(['“', '”']);
        words(Role::PlanName).contains(&name)
    };
    let years = || {
        let years = numeral(text)?;
        let rest = &text[years.len..];
        let before = review.is_none_or(|review| years.value < review.into());
        Some((rest.is_empty() || rest == "年") && years.value > Decimal::ONE && before)
    };
    words(Role::Era).contains(&text) || plan() || years().unwrap_or(false)
}

/// 80亿元，是“九五”时期的1.6倍: whether what stands behind a number says that it is so many times that of a plan's years,
/// and so of as many. What has only reached so much (相当于) may have done so in one.
pub(super) fn is_set_against_a_plan(behind: &str) -> bool {
    behind.rsplit_once('的').is_some_and(|(than, _)| {
        let verb = than.rfind(['，', '、']).map_or(than, |mark| &than[mark..]);
        of_a_plan(than) && !verb.contains("相当于")
    })
}

/// “十五”时期的1637亿元: whether what stands right before a number names several years as a plan's.
pub(super) fn of_a_plan(text: &str) -> bool {
    let text = text.trim_end_matches('的');
    let span = ["时期", "期间"]
        .iter()
        .find_map(|end| text.strip_suffix(end));
    span.is_some_and(|span| word_before(span.trim_end_matches('”'), Role::PlanName).is_some())
}

/// 工业投资五年累计超过8000亿元: a plan for several years together, where its clause says so.
pub(super) fn adds_up_years(clause: &str) -> bool {
    ["年累计", "年内累计", "年共", "年总计", "年完成"]
        .iter()
        .filter_map(|added_up| clause.find(added_up))
        .any(|at| {
            let mut ahead = clause[..at].chars().rev();
            let several = ahead
                .next()
                .is_some_and(|c| "2345678两二三四五六七八".contains(c));
            // Not of 2025年累计, nor 第三年完成.
            let more = |c: char| c.is_ascii_digit() || "第十〇零一二三四五六七八九".contains(c);
            several && !ahead.next().is_some_and(more)
        })
}

/// Whether a part or paragraph that opens so looks back over several years together; `None` where it does not say.
/// `review` is the year that the report looks back on.
pub(super) fn looks_back_over_years(
    opening: &str,
    said: Said,
    review: Option<i32>,
) -> Option<bool> {
    let fives = || opening.match_indices('五');
    let plan = said.has(Role::PlanName)
        && fives().any(|(at, five)| {
            let rest = opening[at + five.len()..].trim_start_matches('”');
            let named = ["十", "十一", "十二", "十三", "十四"]
                .iter()
                .any(|ten| opening[..at].ends_with(ten));
            named
                && [
                    "时期",
                    "期间",
                    "以来",
                    "工作回顾",
                    "规划执行",
                    "规划完成",
                    "发展回顾",
                    "取得",
                ]
                .iter()
                .any(|word| rest.starts_with(word))
        });
    if plan || said.has(Role::LookBack) {
        // 2005年和“十五”工作回顾 begins with the year; its paragraphs say where the longer look back begins.
        return Some(!names_a_year(opening));
    }
    (said.has(Role::OneYear) || turns_to_a_year(opening, review)).then_some(false)
}

/// 2016年，面对…: the year under review opens a paragraph as what it tells of, and not the figures of that year alone.
fn turns_to_a_year(opening: &str, review: Option<i32>) -> bool {
    let told =
        review.and_then(|review| opening.trim_start().strip_prefix(&format!("{review}年，")));
    told.is_some_and(|told| !told.contains(|c: char| c.is_ascii_digit()))
}

/// Whether a year is named in figures: 2005年.
fn names_a_year(text: &str) -> bool {
    text.match_indices('年').any(|(at, _)| {
        text[..at].ends_with(|c: char| c.is_ascii_digit())
            && text[..at]
                .chars()
                .rev()
                .take_while(char::is_ascii_digit)
                .count()
                == 4
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openings_that_look_back_over_years() {
        let looks_back_over_years =
            |text| super::looks_back_over_years(text, Said::of(text), Some(2023));
        assert_eq!(looks_back_over_years("过去五年工作回顾"), Some(true));
        assert_eq!(
            looks_back_over_years("一、“十三五”时期工作回顾"),
            Some(true)
        );
        assert_eq!(looks_back_over_years("一、2023年工作回顾"), Some(false));
        assert_eq!(
            looks_back_over_years("一、2005年和“十五”工作回顾"),
            Some(false)
        );
        assert_eq!(looks_back_over_years("（一）坚持工业优先"), None);
        assert_eq!(looks_back_over_years("2023年，面对严峻考验"), Some(false));
        assert_eq!(looks_back_over_years("2023年，生产总值3亿元"), None);
        assert_eq!(looks_back_over_years("2018年，面对严峻考验"), None);
    }

    #[test]
    fn clauses_that_open_with_years_that_go_together() {
        for span in [
            "40年来，城区面积",
            "十年间，城区面积",
            "自2001年以来，城区面积",
            "“十五”期间，城区面积",
            "改革开放以来，城区面积",
        ] {
            assert!(opens_with_a_span(span, None, Some(2023)), "{span}");
        }
        for other in [
            "一年来，城区面积",
            "今年以来，城区面积",
            "克服28年以来首次下滑，城区面积",
            "近年来，城区面积",
            "2023年以来，城区面积",
            "40年来，全年城区面积",
            "疫情期间，城区面积",
        ] {
            assert!(!opens_with_a_span(other, None, Some(2023)), "{other}");
        }
    }
}
