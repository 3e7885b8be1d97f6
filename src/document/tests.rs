//! Whole reports of fictional towns.

use super::*;

fn read(text: &str) -> (SourceText, Vec<Document>) {
    let source = SourceText::from_text(text.to_owned());
    let found = documents(&source, "");
    (source, found)
}

/// `level type heading` a line, and the holes and overlaps of the sections checked.
fn outline(document: &Document) -> Vec<String> {
    let mut at = document.range.start;
    for section in document.sections.iter().filter(|s| s.parent.is_none()) {
        assert_eq!(section.range.start, at, "a hole before {section:?}");
        at = section.range.end;
    }
    assert_eq!(at, document.range.end);
    document
        .sections
        .iter()
        .map(|s| {
            let heading = s.title.as_deref().unwrap_or("-");
            format!("{} {} {heading}", s.level, s.kind.as_str())
        })
        .collect()
}

#[track_caller]
fn check(text: &str, want: &str) {
    let (_, found) = read(text);
    let got = outline(&found[0]);
    let want: Vec<&str> = want
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    assert_eq!(got, want);
}

const BODY: &str = "全镇上下团结一心，扎实推进各项工作，道路、学校、公园建设有序推进，群众生活持续改善，社会大局保持稳定。";

fn numbered() -> String {
    format!(
        "政府工作报告\n——2022年1月8日在江东市石桥区青溪镇第五届人民代表大会第二次会议上\n青溪镇镇长 李明\n各位代表：\n\
         现在，我代表青溪镇人民政府向大会报告工作，请予审议。\n\
         一、2021年工作回顾\n2021年是“十四五”开局之年。{BODY}\n\
         （一）经济稳中有进\n产业基础更加扎实。{BODY}\n营商环境持续优化。{BODY}\n\
         （二）民生不断改善\n{BODY}\n\
         各位代表，成绩来之不易。在此，向全镇人民表示衷心的感谢！\n\
         同时，我们也清醒地看到，工作中还存在不少困难和问题：一是产业基础不牢；二是城乡差距较大。\n\
         二、2022年工作安排\n2022年是承上启下的一年。{BODY}\n\
         今年政府工作的总体要求是：坚持稳中求进，{BODY}\n\
         主要预期目标是：财政收入增长5%，固定资产投资增长6%，居民收入增长7%。\n\
         重点抓好以下工作：\n\
         （一）全力抓好产业。加快推进项目建设，{BODY}\n（二）全力改善民生。新建学校1所；{BODY}\n\
         各位代表！让我们携手前进，为建设美好青溪而努力奋斗！"
    )
}

#[test]
fn a_numbered_report() {
    check(
        &numbered(),
        "1 front -
         1 review 一、2021年工作回顾
         2 review （一）经济稳中有进
         3 review 产业基础更加扎实。
         3 review 营商环境持续优化。
         2 review （二）民生不断改善
         2 review -
         2 problems -
         1 plan 二、2022年工作安排
         2 guideline -
         2 targets -
         2 plan -
         2 plan （一）全力抓好产业。
         2 plan （二）全力改善民生。
         1 closing -",
    );
}

#[test]
fn its_session() {
    let (_, found) = read(&numbered());
    let session = &found[0].session;
    let place = session.place.as_ref().expect("named");
    assert_eq!(place.name, "青溪镇");
    assert_eq!((session.congress, session.meeting), (Some(5), Some(2)));
    assert_eq!(session.held_on.as_deref(), Some("2022-01-08"));
    assert_eq!(session.speaker.as_deref(), Some("李明"));
    assert_eq!(session.speaker_title.as_deref(), Some("青溪镇镇长"));
    assert_eq!(
        (session.review_year, session.plan_year),
        (Some(2021), Some(2022))
    );
    assert_eq!((session.stated_year, &session.year_ground), (None, &None));
}

#[test]
fn its_sentences_leave_headings_out() {
    let (source, found) = read(&numbered());
    let text = source.clean.as_str();
    let sentences: Vec<&str> = found[0]
        .sentences
        .iter()
        .map(|s| &text[s.range.clone()])
        .collect();
    assert!(sentences.contains(&"2021年是“十四五”开局之年。"));
    assert!(
        !sentences
            .iter()
            .any(|s| s.contains("工作回顾") || s.starts_with("产业基础更加扎实"))
    );
    for sentence in &found[0].sentences {
        let section = &found[0].sections[sentence.section];
        assert!(
            section.range.start <= sentence.range.start && sentence.range.end <= section.range.end
        );
    }
}

#[test]
fn titles_head_the_parts_and_chapters_are_counted_anew() {
    check(
        &format!(
            "青溪镇政府工作报告\n各位代表：\n现在，我代表青溪镇人民政府向大会报告工作，请予审议。\n\
             2021年工作回顾\n{BODY}\n一、产业发展\n{BODY}\n二、民生改善\n{BODY}\n\
             2022年工作任务\n{BODY}\n一、抓好产业\n{BODY}\n二、抓好民生\n{BODY}"
        ),
        "1 front -
         1 review 2021年工作回顾
         2 review 一、产业发展
         2 review 二、民生改善
         1 plan 2022年工作任务
         2 plan 一、抓好产业
         2 plan 二、抓好民生",
    );
}

#[test]
fn a_review_without_headings_over_it() {
    check(
        &format!(
            "乡镇政府2021工作报告\n2021年是不平凡的一年。{BODY}\n一、坚持项目为王，产业不断壮大。\n{BODY}\n二、坚持生态优先，环境持续改善。\n{BODY}\n\
             回顾过去，我们也清醒地认识到，工作还存在一些不足，环境保护任务较重。"
        ),
        "1 front -
         1 review -
         2 review 一、坚持项目为王，产业不断壮大。
         2 review 二、坚持生态优先，环境持续改善。
         2 problems -",
    );
}

#[test]
fn a_year_that_the_text_contradicts() {
    let (_, found) = read(&format!(
        "乡镇政府2023工作报告\n各位代表：\n现在，我代表XX镇人民政府向大会报告工作，请予审议。\n\
         一、2023年工作回顾\n2023年全镇完成投资3亿元。{BODY}\n\
         二、2023年主要任务\n2023年是中国共产党成立100周年，是实施“十四五”规划的开局年。{BODY}\n"
    ));
    let session = &found[0].session;
    assert_eq!(
        (session.review_year, session.plan_year),
        (Some(2020), Some(2021))
    );
    assert_eq!(session.stated_year, Some(2023));
    assert_eq!(
        session.year_ground.as_deref(),
        Some("2023年是中国共产党成立100周年")
    );
    assert!(
        found[0]
            .doubts
            .iter()
            .any(|d| d.code == crate::fact::DoubtCode::YearConflict)
    );
}

#[test]
fn notes_behind_the_report_are_no_plan() {
    let notes = "名词解释\n1.三个一：指一图一表一册。\n2.两个清单：指问题清单和责任清单。";
    let (_, found) = read(&format!("{}\n{notes}", numbered()));
    let last = found[0].sections.last().expect("sections");
    assert_eq!((last.kind, last.level), (SectionType::Closing, 1));
    assert_eq!(last.range.end, found[0].range.end);
}

#[test]
fn promises_behind_the_report_are_a_plan() {
    let behind = "附件1\n2022年青溪镇十件民生实事\n一、办好学前教育\n新建幼儿园2所。\n二、方便群众出行\n新辟公交线路3条。\n\
                  附件2\n名词解释\n1.三个一：指一图一表一册，覆盖12个村。\n2.两个清单：指问题清单和责任清单。";
    let (_, found) = read(&format!("{}\n{behind}", numbered()));
    let outline = outline(&found[0]);
    let closing = outline
        .iter()
        .position(|line| line == "1 closing -")
        .expect("a closing");
    assert_eq!(
        outline[closing + 1..],
        [
            "1 plan 2022年青溪镇十件民生实事",
            "2 plan 一、办好学前教育",
            "2 plan 二、方便群众出行",
            "1 closing 名词解释",
        ]
    );
}

#[test]
fn promises_that_are_listed_before_the_appeal_are_no_closing() {
    let text = numbered().replace(
        "各位代表！让我们",
        "各位代表！今年我们要办好民生实事。一是新建学校1所；二是新修道路3公里。{BODY} 各位代表！让我们",
    );
    let (source, found) = read(&text.replace("{BODY}", BODY));
    let last = found[0].sections.last().expect("sections");
    assert_eq!(last.kind, SectionType::Closing);
    let closing = &source.clean.as_str()[last.range.clone()];
    assert!(closing.starts_with("各位代表！让我们"), "{closing}");
}

#[test]
fn a_review_that_ends_with_what_is_aimed_at() {
    let text = numbered()
        .replace("二、2022年工作安排\n2022年是承上启下的一年。", "")
        .replace(
            "一、2021年工作回顾",
            "一、2021年工作回顾和2022年工作总体要求",
        )
        .replace(
            "重点抓好以下工作：\n（一）全力抓好产业。",
            "二、全力抓好产业\n",
        )
        .replace("（二）全力改善民生。新建", "三、全力改善民生\n新建");
    let (_, found) = read(&text);
    let outline = outline(&found[0]);
    let from = outline
        .iter()
        .position(|line| line == "2 problems -")
        .expect("problems");
    let rest: Vec<&str> = outline[from + 1..].iter().map(String::as_str).collect();
    assert!(
        rest.starts_with(&["2 guideline -", "2 targets -"]),
        "{outline:?}"
    );
}

#[test]
fn texts_that_are_no_reports() {
    for text in [
        "好",
        "。",
        "一、",
        "各位代表：",
        "（",
        "2021年",
        "====\n====",
        "“\n“\n“",
    ] {
        let (_, found) = read(text);
        assert_eq!(found.len(), 1, "{text}");
        outline(&found[0]);
        assert!(!found[0].doubts.is_empty());
    }
    assert!(read("\u{200b}").1.is_empty());
}
