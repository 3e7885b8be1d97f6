//! What the shell asks while a question is typed: completion, colours, whether it is finished, and `it`.

use std::fmt::Write;

use zhenzhi::query::{CandidateKind, Role, compile, complete, is_unfinished, roles};

use crate::query_world::names;

/// Questions that are being typed.
const TYPED: [&str; 26] = [
    "",
    "t",
    "towns",
    "towns ",
    "towns with ",
    "towns with ta",
    "towns with tax ",
    "towns with tax growth over ",
    "tax of ",
    "tax of Yang",
    "tax of Yangliuqing in ",
    "towns with budget rev",
    "gdzc",
    "税",
    "税收",
    "税收增长",
    "税收增长超",
    "税收超过",
    "税收超过3亿元",
    "税收超过3亿元的",
    "西青区杨",
    "杨柳青镇的固",
    "对比",
    "提到“",
    "@str",
    "zz",
];

#[test]
fn completion() {
    let catalog = names();
    let mut text = String::new();
    for typed in TYPED {
        let _ = writeln!(text, "{typed}|");
        for candidate in complete(typed, &catalog).iter().take(12) {
            let _ = writeln!(
                text,
                "  {:?} {}–{} “{}” {} / {}",
                candidate.kind,
                candidate.span.start,
                candidate.span.end,
                candidate.text,
                candidate.note_en,
                candidate.note_zh
            );
        }
    }
    insta::assert_snapshot!(text);
}

/// What is offered may stand there: the question with it is one, or goes on.
#[test]
fn what_is_offered_may_follow() {
    let catalog = names();
    let mut wrong = Vec::new();
    for typed in TYPED {
        for candidate in complete(typed, &catalog) {
            let mut chars: Vec<char> = typed.chars().collect();
            chars.splice(
                candidate.span.start..candidate.span.end,
                candidate.text.chars(),
            );
            let longer: String = chars.into_iter().collect();
            if !is_unfinished(&longer, &catalog) && !zhenzhi::query::has_shape(&longer, &catalog) {
                wrong.push(longer);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_kind_of_candidate_is_met() {
    let catalog = names();
    let mut kinds: Vec<CandidateKind> = [
        "towns with tax over ",
        "",
        "@",
        "tasks ",
        "tax of ",
        "tax in ",
    ]
    .iter()
    .flat_map(|typed| complete(typed, &catalog))
    .map(|candidate| candidate.kind)
    .collect();
    kinds.sort();
    kinds.dedup();
    assert_eq!(kinds.len(), 7, "{kinds:?}");
}

#[test]
fn unfinished_and_finished() {
    let catalog = names();
    for question in [
        "towns with",
        "税收超过",
        "税收超过3亿元的",
        "towns with tax over 3亿元,",
        "towns with (tax over 3亿元",
        "提到“养老",
        "sql \"SELECT 1",
        "define @a as",
        "towns |",
        "towns with tax over $min and",
    ] {
        assert!(is_unfinished(question, &catalog), "{question}");
    }
    for question in [
        "",
        "towns",
        "税收超过3亿元的镇",
        "towns with taxx over",
        "towns with with",
        "sql \"SELECT 1\"",
        "towns with tax over $min",
    ] {
        assert!(!is_unfinished(question, &catalog), "{question}");
    }
}

#[test]
fn a_line_goes_on_where_the_one_before_is_unfinished() {
    let catalog = names();
    for (lines, one) in [
        ("towns with\ntax over 3亿元", "towns with tax over 3亿元"),
        ("towns with tax\nover 3亿元", "towns with tax over 3亿元"),
        ("towns,\nby tax descending", "towns, by tax descending"),
        ("镇，\n按税收降序，\n前3名", "镇，按税收降序，前3名"),
        ("税收超过3亿元的\n镇\n前3名", "税收超过3亿元的镇，前3名"),
        ("各镇的税收、\n工业投资", "各镇的税收、工业投资"),
        ("各镇的税收\n前3名", "各镇的税收，前3名"),
    ] {
        let said = |question: &str| match compile(question, &catalog) {
            Ok(compiled) => compiled.reading.zh,
            Err(faults) => panic!("{question:?}: {faults:?}"),
        };
        assert_eq!(said(lines), said(one), "{lines:?}");
    }
    // Two questions in two lines are not one.
    assert!(compile("各镇的税收\n各镇的工业投资", &catalog).is_err());
}

#[test]
fn roles_of_a_question() {
    let catalog = names();
    let said = |question: &str| -> Vec<(String, Role)> {
        roles(question, &catalog)
            .into_iter()
            .map(|(span, role)| {
                (
                    question.chars().skip(span.start).take(span.len()).collect(),
                    role,
                )
            })
            .collect()
    };
    let of = |pairs: &[(&str, Role)]| -> Vec<(String, Role)> {
        pairs
            .iter()
            .map(|(text, role)| ((*text).to_owned(), *role))
            .collect()
    };
    assert_eq!(
        said("杨柳青镇2023年的税收超过3亿元，提到“养老"),
        of(&[
            ("杨柳青镇", Role::Place),
            ("2023年", Role::Number),
            ("的", Role::Sign),
            ("税收", Role::Figure),
            ("超过", Role::Keyword),
            ("3亿元", Role::Number),
            ("，", Role::Sign),
            ("提到", Role::Keyword),
            ("“养老", Role::Text),
        ])
    );
    assert_eq!(
        said("@strong, show taxx > $min"),
        of(&[
            ("@strong", Role::Saved),
            (",", Role::Sign),
            ("show", Role::Keyword),
            ("taxx", Role::Unknown),
            (">", Role::Keyword),
            ("$min", Role::Parameter),
        ])
    );
}

#[test]
fn it_is_what_was_asked_last() {
    let mut catalog = names();
    let fault = &compile("it, top 5", &catalog).unwrap_err()[0];
    assert_eq!((fault.code, fault.span.end), ("Q0134", 2));
    let first = compile("towns in Xiqing with tax growth over 30%", &catalog).unwrap();
    catalog.remember(first.reading.en.clone());
    let whole =
        "towns in Xiqing with tax growth over 30%, with investment over 3亿元, by tax, top 5";
    let whole = compile(whole, &catalog).unwrap();
    for question in [
        "it with investment over 3亿元, by tax, top 5",
        "上表，固定资产投资超过3亿元，按税收，前5名",
    ] {
        let refined = compile(question, &catalog).unwrap_or_else(|faults| panic!("{faults:?}"));
        assert_eq!(refined.plan, whole.plan, "{question}");
    }
    // The reading names no `it`, so that it can be remembered in its turn.
    let again = compile("it, count", &catalog).unwrap();
    catalog.remember(again.reading.zh.clone());
    assert_eq!(compile("it", &catalog).unwrap().plan, again.plan);
}

#[test]
fn it_is_not_saved() {
    let mut catalog = names();
    catalog.remember("towns with tax over 3亿元");
    let parameters = zhenzhi::query::Parameters::new();
    let understood = |text: &str| zhenzhi::query::compile_with(text, &catalog, &parameters);
    let question = "define @rich as it, top 5";
    let fault = &understood(question).unwrap_err()[0];
    assert_eq!(fault.code, "Q0134");
    assert!(understood(&fault.fixes[0].applied(question)).is_ok());
    assert_eq!(
        understood("define @it as towns").unwrap_err()[0].code,
        "Q0134"
    );
}

#[test]
fn saved_queries_have_chinese_names_too() {
    let saved = [
        ("强镇", "税收超过3亿元的镇"),
        ("强镇2", "税收超过5亿元的镇"),
        ("强", "税收超过1亿元的镇"),
    ];
    let saved = saved.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let catalog = names().with_saved(saved.into());
    let plan = |question: &str| compile(question, &catalog).map(|compiled| compiled.plan);
    assert_eq!(plan("@强镇，前5名"), plan("税收超过3亿元的镇，前5名"));
    assert_eq!(plan("@强镇2，前5名"), plan("税收超过5亿元的镇，前5名"));
    assert_eq!(plan("@强，前5名"), plan("税收超过1亿元的镇，前5名"));
    assert_eq!(plan("@弱镇，前5名").unwrap_err()[0].code, "Q0130");
    let parameters = zhenzhi::query::Parameters::new();
    for (text, name) in [
        ("定义@工业强镇为规上工业总产值超过3亿元的镇", "工业强镇"),
        ("define @工业强镇 as towns with tax over 3亿元", "工业强镇"),
    ] {
        match zhenzhi::query::compile_with(text, &catalog, &parameters) {
            Ok(zhenzhi::query::Understood::Definition(definition)) => {
                assert_eq!(definition.name, name);
            }
            other => panic!("{text}: {other:?}"),
        }
    }
}
