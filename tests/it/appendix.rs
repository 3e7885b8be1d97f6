//! Lists of promises and notes behind a report.

use zhenzhi::fact::Status;
use zhenzhi::reading::read;

const REPORT: &str = "政府工作报告\n——2024年1月8日在青溪镇第五届人民代表大会第二次会议上\n青溪镇镇长 李明\n各位代表：\n\
    一、2023年工作回顾\n全镇完成固定资产投资2亿元，道路、学校、公园建设有序推进，群众生活持续改善。\n\
    二、2024年工作安排\n新年里，我们要抓好以下工作。加快推进项目建设，推动产业做大做强。\n\
    各位代表！让我们携手前进，为建设美好青溪而努力奋斗！\n\
    附件1\n2024年青溪镇十件民生实事\n一、办好学前教育\n新建幼儿园2所。\n二、方便群众出行\n新辟公交线路3条。\n\
    附件2\n名词解释\n1.三个一：指一图一表一册。它们覆盖12个村。\n2.两个清单：指问题清单和责任清单。它们涉及300户。\n";

#[test]
fn what_is_promised_behind_a_report_is_promised_and_what_notes_say_is_not() {
    let reading = read(REPORT.as_bytes()).expect("a text");
    let report = &reading.reports[0].facts;
    let figures: Vec<_> = report
        .metrics
        .iter()
        .map(|metric| (metric.label.as_str(), metric.status, metric.year))
        .collect();
    assert_eq!(
        figures,
        [
            ("固定资产投资", Status::Actual, Some(2023)),
            ("新建幼儿园", Status::Target, Some(2024)),
            ("新辟公交线路", Status::Target, Some(2024)),
        ]
    );
    let tasks: Vec<_> = report
        .tasks
        .iter()
        .map(|task| (task.topic.as_deref(), task.text.as_str()))
        .collect();
    let promised = [
        (Some("一、办好学前教育"), "新建幼儿园2所。"),
        (Some("二、方便群众出行"), "新辟公交线路3条。"),
    ];
    assert!(tasks.ends_with(&promised), "{tasks:?}");
}
