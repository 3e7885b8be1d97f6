//! Where a report names its place: phrases of a masthead and of the greeting, and the word for the rank that speaks.

use super::super::paper::paper;
use super::super::paragraph::Paragraph;

/// A phrase that holds a name: what stands before the name, how long it may be, and what stands behind it.
struct Form {
    /// What one of must stand before the name; any may where there are none.
    leads: &'static [&'static str],
    /// Whether it may also open the line.
    may_open: bool,
    /// So many characters at most, and two at least.
    most: usize,
    /// How many bytes of a text are what stands behind the name.
    behind: fn(&str) -> Option<usize>,
    /// How much the name counts.
    weight: u32,
}

const FORMS: [Form; 4] = [
    Form {
        leads: &["在", "于", "将", "和", "审议"],
        may_open: false,
        most: 24,
        behind: |text| congress(text.strip_prefix('第').unwrap_or(text), text.len()),
        weight: 6,
    },
    Form {
        leads: &[],
        may_open: false,
        most: 24,
        behind: |text| congress(text.strip_prefix('第')?, text.len()),
        weight: 4,
    },
    Form {
        leads: &[],
        may_open: false,
        most: 24,
        behind: office,
        weight: 4,
    },
    Form {
        leads: &["年", "：", "于"],
        may_open: true,
        most: 20,
        behind: title,
        weight: 3,
    },
];

impl Form {
    /// The names in a line. Each begins as early as it may, and what belongs to one belongs to no other.
    fn names<'t>(&self, line: &'t str) -> Vec<&'t str> {
        let mut names = Vec::new();
        let mut from = 0;
        for (end, _) in line.char_indices() {
            let Some(behind) = (self.behind)(&line[end..]).filter(|_| end > from) else {
                continue;
            };
            let before = line[from..end].char_indices().rev();
            let starts = before
                .take_while(|(_, c)| is_han(*c))
                .map(|(at, _)| from + at);
            let starts = starts.take(self.most).skip(1);
            let start = starts.filter(|&start| self.may_begin(line, from, start));
            if let Some(start) = start.last() {
                names.push(&line[start..end]);
                from = end + behind;
            }
        }
        names
    }

    fn may_begin(&self, line: &str, from: usize, start: usize) -> bool {
        let before = &line[from..start];
        self.leads.is_empty() && !self.may_open
            || self.may_open && start == 0
            || self.leads.iter().any(|lead| before.ends_with(lead))
    }
}

/// The phrases that hold the name, with how much each counts.
pub(super) fn phrases<'a>(front: &[Paragraph<'a>], text: &'a str) -> Vec<(&'a str, u32)> {
    let mut found: Vec<(&str, u32)> = Vec::new();
    let mut until = 0;
    for from in on_behalf(text) {
        if let Some((name, end)) = name_on_behalf(&text[from..]).filter(|_| from >= until) {
            until = from + end;
            found.push((name, 5));
        }
    }
    let papers = front.iter().filter_map(|line| Some((line, paper(line)?)));
    found.extend(papers.map(|(line, paper)| (&line.text[paper.name], 3)));
    // A masthead may be joined to the report; its names stand at its beginning.
    let head = |text: &'a str| {
        &text[..text
            .char_indices()
            .nth(400)
            .map_or(text.len(), |(at, _)| at)]
    };
    let lines = front.iter().map(|line| head(line.text));
    for line in lines.chain(front.is_empty().then(|| head(text))) {
        for form in &FORMS {
            found.extend(form.names(line).into_iter().map(|name| (name, form.weight)));
        }
    }
    found
}

/// The word for the rank of the government that speaks: 镇 in 我代表镇人民政府.
pub(super) fn speaks_for<'a>(front: &[Paragraph<'a>], text: &'a str) -> Option<&'a str> {
    let mut lines = front.iter().map(|line| line.text).chain([text]);
    lines.find_map(|line| on_behalf(line).find_map(|from| rank_on_behalf(&line[from..])))
}

const ON_BEHALF: &str = "代表";

/// Where 代表 is followed by whom: mostly 各位代表 are addressed, and a mark follows.
fn on_behalf(text: &str) -> impl Iterator<Item = usize> {
    let all = text.match_indices(ON_BEHALF);
    all.filter(|(at, word)| !text[at + word.len()..].starts_with(['，', '！', '：', '、', '。']))
        .map(|(at, _)| at)
}

/// The name between 代表, with which `text` begins, and a government, and where that ends: 代表青溪镇人民政府.
fn name_on_behalf(text: &str) -> Option<(&str, usize)> {
    let mut ends = ends_on_behalf(text, 24).skip(2);
    ends.find_map(|end| {
        let rest = &text[end..];
        let behind =
            government(rest).or_else(|| after_any(rest, &["办事处", "管理委员会", "管委会"]))?;
        Some((&text[ON_BEHALF.len()..end], text.len() - behind.len()))
    })
}

/// The word for the rank between 代表, with which `text` begins, and a government: 代表青溪镇第三届人民政府.
fn rank_on_behalf(text: &str) -> Option<&str> {
    const RANKS: [&str; 12] = [
        "镇",
        "乡",
        "街道",
        "自治区",
        "自治州",
        "县",
        "区",
        "市",
        "省",
        "州",
        "盟",
        "旗",
    ];
    ends_on_behalf(text, 20).find_map(|end| {
        let word = RANKS.iter().find(|word| text[end..].starts_with(**word))?;
        let behind = &text[end + word.len()..];
        let number = behind.strip_prefix('第').unwrap_or(behind);
        let term = number.trim_start_matches(is_numeral);
        let term = term
            .strip_prefix('届')
            .filter(|rest| number.len() > rest.len() + "届".len());
        let rest = term.unwrap_or(behind);
        let is_one = government(rest).is_some() || rest.starts_with("办事处");
        is_one.then(|| &text[end..end + word.len()])
    })
}

/// Where up to `most` Chinese characters behind 代表 end, none first.
fn ends_on_behalf(text: &str, most: usize) -> impl Iterator<Item = usize> {
    let name = &text[ON_BEHALF.len()..];
    let within = name.char_indices().take_while(|(_, c)| is_han(*c));
    let ends = within.map(|(at, c)| ON_BEHALF.len() + at + c.len_utf8());
    std::iter::once(ON_BEHALF.len()).chain(ends.take(most))
}

/// What stands behind 人民政府, 政府, or one that lost a character (民政府).
fn government(text: &str) -> Option<&str> {
    let text = text.strip_prefix('人').unwrap_or(text);
    let text = text.strip_prefix('民').unwrap_or(text);
    text.strip_prefix("政府")
}

/// The bytes of 十九届人民代表大会, of which `number` begins with the number, at the head of a text of this length.
fn congress(number: &str, length: usize) -> Option<usize> {
    let rest = number.trim_start_matches(|c: char| is_numeral(c) || c.is_ascii_digit());
    let digits = number[..number.len() - rest.len()].chars().count();
    let rest = rest
        .strip_prefix('届')
        .filter(|_| (1..=3).contains(&digits))?;
    let rest = after_any(rest, &["人民代表大会", "人大"])?;
    Some(length - rest.len())
}

/// The bytes of 人民政府代理镇长.
fn office(text: &str) -> Option<usize> {
    const BODIES: [&str; 6] = ["人民政府", "政府", "办事处", "党工委", "工委", "管委会"];
    const OFFICES: [&str; 11] = [
        "镇长", "乡长", "区长", "县长", "市长", "省长", "州长", "盟长", "旗长", "主席", "主任",
    ];
    let rest = after_any(text, &BODIES).unwrap_or(text);
    let rest = after_any(rest, &["代理", "代", "常务副", "副"]).unwrap_or(rest);
    let rest = after_any(rest, &OFFICES)?;
    Some(text.len() - rest.len())
}

/// The bytes of 2022年政府工作报告.
fn title(text: &str) -> Option<usize> {
    const BODIES: [&str; 4] = ["人民政府", "政府", "办事处", "党工委"];
    let rest = after_year(text);
    let rest = after_any(rest, &BODIES).unwrap_or(rest);
    let rest = after_year(rest);
    let rest = rest.strip_prefix("两会").unwrap_or(rest);
    let rest = rest.strip_prefix('《').unwrap_or(rest);
    let rest = after_any(rest, &BODIES[..2]).unwrap_or(rest);
    let rest = rest.strip_prefix("工作报告")?;
    Some(text.len() - rest.len())
}

/// What stands behind 2022年 or 2022年度, if the text begins with such a year.
fn after_year(text: &str) -> &str {
    let is_year = |digits: &&[u8; 4]| {
        matches!(digits[..2], [b'1' | b'2', b'0' | b'9']) && digits.iter().all(u8::is_ascii_digit)
    };
    let year = text.as_bytes().first_chunk().filter(is_year);
    let rest = year.and_then(|digits| text[digits.len()..].strip_prefix('年'));
    rest.map_or(text, |rest| rest.strip_prefix('度').unwrap_or(rest))
}

/// What stands behind the first of these words with which a text begins.
fn after_any<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    words.iter().find_map(|word| text.strip_prefix(word))
}

fn is_numeral(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

/// A character that a name may have.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '々' | '〇' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Vec<(&str, u32)> {
        phrases(&[], line)
    }

    #[test]
    fn phrases_of_mastheads() {
        assert_eq!(
            found("——2022年1月8日在江东市青溪镇第五届人民代表大会第二次会议上"),
            [("江东市青溪镇", 6), ("日在江东市青溪镇", 4)]
        );
        assert_eq!(found("提请苇渡县第十八届人大审议"), [("提请苇渡县", 4)]);
        assert_eq!(found("出席苇渡县十八届人大的代表"), []);
        assert_eq!(
            found("青溪镇人民政府代理镇长李明，苇渡县副县长"),
            [("青溪镇", 4), ("苇渡县", 4)]
        );
        assert_eq!(
            found("青溪镇2022年度人民政府工作报告，《2021年苇渡县政府工作报告》"),
            [("青溪镇", 3), ("苇渡县", 3)]
        );
        // Two characters at least, and none of another script.
        assert_eq!(found("镇长、县县长、A镇镇长"), []);
    }

    #[test]
    fn phrases_of_greetings() {
        let text = "我代表青溪镇人民政府，各位代表，我代表苇渡街道办事处，我代表镇政府";
        assert_eq!(found(text), [("青溪镇", 5), ("苇渡街道", 5)]);
        for (text, word) in [
            ("我代表镇人民政府", Some("镇")),
            ("代表苇渡县第十八届人民政府", Some("县")),
            ("代表青溪苗族自治州民政府", Some("自治州")),
            ("代表苇渡街道办事处", Some("街道")),
            ("各位代表，镇人民政府", None),
            ("代表苇渡县第届人民政府", None),
        ] {
            assert_eq!(speaks_for(&[], text), word, "{text}");
        }
    }
}
