//! The masthead: title, date, congress and meeting, speaker.

use std::sync::LazyLock;

use regex::Regex;

use crate::decode::CleanText;

use super::numeral::{dates, number};
use super::paper::paper;
use super::paragraph::Paragraph;
use super::split::{is_address, is_greeting, is_title};

/// What the masthead says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Masthead {
    pub(super) title: Option<String>,
    pub(super) congress: Option<u32>,
    pub(super) meeting: Option<u32>,
    pub(super) held_on: Option<jiff::civil::Date>,
    pub(super) speaker: Option<String>,
    pub(super) speaker_title: Option<String>,
}

/// Reads the masthead `front`; `report` is the whole report, whose first lines are the masthead where `front` is empty.
pub(super) fn read(front: &[Paragraph], report: &[Paragraph], clean: &CleanText) -> Masthead {
    let lines = if front.is_empty() {
        &report[..report.len().min(3)]
    } else {
        front
    };
    // The digest of a web page repeats the masthead in one long line; it is read last.
    let mut texts: Vec<&str> = Vec::new();
    let (short, long): (Vec<_>, Vec<_>) = lines.iter().partition(|p| p.chars <= 80);
    texts.extend(short.iter().map(|p| p.text));
    let joined: String = texts.concat();
    texts.push(&joined);
    texts.extend(long.iter().map(|p| p.text));

    let (congress, meeting) = session(&texts);
    let (speaker, speaker_title) = speaker(lines, clean);
    Masthead {
        title: title(lines),
        congress,
        meeting,
        held_on: held_on(&texts),
        speaker,
        speaker_title,
    }
}

/// The longest line that is a title; where a web page and the report have one each, the one that tells more.
fn title(lines: &[Paragraph]) -> Option<String> {
    let title = lines.iter().filter(|line| is_title(line));
    title
        .max_by_key(|line| line.chars)
        .or_else(|| lines.iter().find(|line| paper(line).is_some()))
        .map(|line| line.text.to_owned())
}

/// 第十九届人民代表大会第三次会议, 十八届人大九次会议.
fn session(texts: &[&str]) -> (Option<u32>, Option<u32>) {
    static SESSION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"第?([一二三四五六七八九十]{1,3}|\d{1,2})届(?:人民代表大会|人大)(?:常务委员会|常委会)?第?([一二三四五六七八九十]{1,3}|\d{1,2})次",
        )
        .expect("the pattern of a session compiles")
    });
    texts
        .iter()
        .filter(|text| text.contains('届'))
        .find_map(|text| {
            let found = SESSION.captures(text)?;
            Some((number(&found[1]), number(&found[2])))
        })
        .unwrap_or((None, None))
}

/// The day of the session: a date beside 在…会议, then a date on a line of its own, then the date of the title.
fn held_on(texts: &[&str]) -> Option<jiff::civil::Date> {
    let mut best: Option<(u8, jiff::civil::Date)> = None;
    for text in texts {
        for dated in dates(text) {
            let before = &text[..dated.start];
            let after = &text[dated.end..];
            let bare = before.trim_start_matches(['（', '—', ' ']).is_empty()
                && after.trim_end_matches(['）', ' ']).is_empty();
            let rank = if ["时间", "日期", "发布", "更新", "印发"]
                .iter()
                .any(|word| before.contains(word))
                && text.chars().count() <= 80
            {
                continue;
            } else if after.starts_with('在')
                || (text.chars().count() <= 80
                    && text.contains('届')
                    && (text.contains("会议") || text.contains("大会")))
            {
                4
            } else if bare && text.starts_with('（') {
                3
            } else if bare {
                2
            } else if text.contains("报告") {
                1
            } else {
                continue;
            };
            if best.is_none_or(|(other, _)| rank > other) {
                best = Some((rank, dated.date));
            }
        }
    }
    best.map(|(_, date)| date)
}

/// Name and office of the speaker.
fn speaker(lines: &[Paragraph], clean: &CleanText) -> (Option<String>, Option<String>) {
    const OFFICES: [&str; 13] = [
        "镇长", "乡长", "区长", "县长", "市长", "省长", "州长", "盟长", "旗长", "主席", "主任",
        "专员", "书记",
    ];
    static OFFICE: LazyLock<Regex> = LazyLock::new(|| {
        let offices = OFFICES.join("|");
        Regex::new(&format!(
            r"^(?P<office>.{{0,40}}?(?:{offices}))(?:候选人)?[：:，？]?(?P<name>\p{{Han}}{{2,4}}|\p{{Han}}{{1,8}}·[\p{{Han}}·]{{1,12}})?[）)]?$"
        ))
        .expect("the pattern of an office compiles")
    });
    let short: Vec<&Paragraph> = lines
        .iter()
        .filter(|line| line.chars <= 60 && !is_address(line) && !is_greeting(line))
        .collect();
    let mut office_alone = None;
    for (i, line) in short.iter().enumerate() {
        let text = line
            .text
            .trim_start_matches("报告人：")
            .trim_start_matches("报告人")
            .trim_matches(['—', '（', '）', '、']);
        let may = OFFICES.iter().any(|office| text.contains(office));
        let Some(found) = may.then(|| OFFICE.captures(text)).flatten() else {
            if text.len() < line.text.len() && line.text.starts_with("报告人") && is_name(text) {
                return (Some(text.to_owned()), None);
            }
            continue;
        };
        let office = office(&found["office"]);
        let name = found.name("name").map(|name| name.as_str()).or_else(|| {
            // The name stands on the next line.
            let next = short.get(i + 1)?;
            is_name(next.text).then_some(next.text)
        });
        match name {
            Some(name) if is_name(name) => return (Some(name.to_owned()), office),
            _ => office_alone = office_alone.or(office),
        }
    }
    // A name alone: behind the date of the title, or on the line before the greeting.
    let dated = lines
        .iter()
        .filter(|line| line.chars <= 60)
        .find_map(|line| {
            let date = dates(line.text).into_iter().next()?;
            let name = line.text[date.end..].trim_matches(['）', '（', ' ']);
            (is_name(name) && clean.is_gap(line.range.start + line.text.find(name)?))
                .then(|| name.to_owned())
        });
    let greeting = lines.iter().position(is_greeting);
    let above = || {
        let line = &lines[greeting?.checked_sub(1)?];
        is_name(line.text).then(|| line.text.to_owned())
    };
    (dated.or_else(above), office_alone)
}

/// The office without what stands before it on the line: …第三次会议上市长 is 市长.
fn office(text: &str) -> Option<String> {
    let mut office = text;
    for end in ["会议上", "大会上", "会上", "会议", "日"] {
        if let Some((_, rest)) = office.rsplit_once(end) {
            office = rest;
        }
    }
    (!office.is_empty()).then(|| office.to_owned())
}

/// Two to four Chinese characters, or a name with dots between its parts, that is no word of a masthead.
fn is_name(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "报告", "工作", "政府", "会议", "代表", "目录", "正文", "摘要", "全文", "公告", "通知",
        "标签", "来源", "同志", "县长", "市长",
    ];
    let length = text.chars().count();
    let han = text
        .chars()
        .all(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '·'));
    han && (if text.contains('·') {
        (3..=16).contains(&length)
    } else {
        (2..=4).contains(&length)
    }) && WORDS.iter().all(|word| !text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::super::paragraph::paragraphs;
    use super::*;

    fn masthead(source: &str) -> Masthead {
        let clean = CleanText::new(source);
        let all = paragraphs(clean.as_str());
        read(&all, &all, &clean)
    }

    #[track_caller]
    fn check(source: &str, session: (u32, u32), date: &str, speaker: &str, office: &str) {
        let got = masthead(source);
        assert_eq!(
            (got.congress, got.meeting),
            (Some(session.0), Some(session.1))
        );
        assert_eq!(
            got.held_on.map(|date| date.to_string()).as_deref(),
            Some(date)
        );
        assert_eq!(got.speaker.as_deref(), Some(speaker));
        assert_eq!(got.speaker_title.as_deref(), Some(office));
    }

    #[test]
    fn mastheads() {
        check(
            "政府工作报告\n——在青溪镇第十五届人民代表大会第三次会议上\n（2021年12月28日）\n青溪镇人民政府镇长  李  明\n各位代表：",
            (15, 3),
            "2021-12-28",
            "李明",
            "青溪镇人民政府镇长",
        );
        check(
            "2022年1月10日\n青溪镇2021年政府工作报告\n——2022年1月8日在江东市石桥区青溪镇\n第十九届人民代表大会第八次会议上\n青溪镇镇长 欧阳明\n各位代表：",
            (19, 8),
            "2022-01-08",
            "欧阳明",
            "青溪镇镇长",
        );
        check(
            "——二〇一九年一月九日在石桥县十五届人大三次会议上\n石桥县人民政府代县长\n王小红\n各位代表：",
            (15, 3),
            "2019-01-09",
            "王小红",
            "石桥县人民政府代县长",
        );
        check(
            "2017年2月15日在江东市第16届人民代表大会第1次会议上市长 买买提·沙比尔\n各位代表：",
            (16, 1),
            "2017-02-15",
            "买买提·沙比尔",
            "市长",
        );
    }

    #[test]
    fn a_name_without_office_and_an_upload_date() {
        let got = masthead(
            "青溪镇政府工作报告\n时间：2022-04-02 作者：网站\n发布时间：2022年4月2日\n李明\n各位代表：",
        );
        assert_eq!(got.held_on, None);
        assert_eq!(got.speaker.as_deref(), Some("李明"));
        assert_eq!(got.title.as_deref(), Some("青溪镇政府工作报告"));
        let got = masthead("江东市政府工作报告（2021年1月25日 王明）\n各位代表：");
        assert_eq!(got.speaker.as_deref(), Some("王明"));
        assert_eq!(
            got.held_on.map(|d| d.to_string()).as_deref(),
            Some("2021-01-25")
        );
    }
}
