//! Scripted reports: what a script comes to, where its faults stand, and that nothing gets past its marks.

use std::process::Command;

use tempfile::TempDir;
use zhenzhi::query::Parameters;
use zhenzhi::report::{Limits, Page, ReportError, Script, Setting, fault_codes, run, run_against};
use zhenzhi::store::Store;

use crate::samples;

/// A script with this body and these parameters, run on a store of the samples.
fn run_body(parameters: &str, body: &str) -> Result<Page, ReportError> {
    let (_folder, store) = samples::store();
    let text = format!("---\ntitle: A <b>title</b>\nlanguage: zh\n{parameters}---\n{body}");
    let script = Script::of_text("a.md", &text).unwrap();
    run(&script, store, &Setting::default())
}

fn page(body: &str) -> Page {
    run_body("", body).unwrap_or_else(|error| panic!("{body}: {error}"))
}

/// `Q0102 7:9 不认识“年”`: what is wrong with a body, and where.
fn fault(parameters: &str, body: &str) -> String {
    match run_body(parameters, body) {
        Err(ReportError::Fault(fault)) => {
            let (line, column) = fault.place();
            format!(
                "{} {line}:{column} {}",
                fault.code(),
                fault.diagnostic.message_en
            )
        }
        other => panic!("{body}: {other:?}"),
    }
}

#[test]
fn a_number_brings_its_footnote() {
    let page = page("云塘镇税收{{ ask(\"tax of 云塘镇 in 2023\") }}。");
    let html = page.html();
    assert!(
        html.contains("税收<a id=f0 href=#q1-1>3.22亿元（预计）<sup>1</sup></a>。"),
        "{html}"
    );
    // And back: the words that say it, and a link to where it stands.
    assert!(html.contains("<li id=n1>"));
    assert!(html.contains("<mark id=q1-1>完成税收收入3.22亿元，同比增长34.2%"));
    assert!(html.contains(" <a href=#f0>↑</a>"));
    assert!(html.contains("云塘镇2023年政府工作报告 › 一、2023年工作回顾（云塘镇-2023.txt，第"));
    let markdown = page.markdown();
    assert!(markdown.contains("税收3.22亿元（预计）[^1]。"));
    assert!(markdown.contains("[^1]: 2023年预计<b>完成税收收入3.22亿元"));
}

#[test]
fn what_was_asked_for_in_words_is_written_in_words() {
    let said = page(
        "报告人{{ ask(\"speaker of 云塘镇 in 2023\") }}，{{ ask(\"date of reports of 云塘镇 in 2023\").text }}。",
    );
    let said = said.markdown();
    assert!(said.contains("报告人沈维舟"), "{said}");
    assert!(said.contains("，2024-01-09。"), "{said}");
    // How many reports a place has stands in its row unasked.
    let fault = fault("", "{{ ask(\"towns in 德清县\") }}");
    assert!(fault.starts_with("R0302"), "{fault}");
    let counted = page("{{ ask(\"how many towns in 德清县\") }}个镇").markdown();
    assert!(counted.contains("1[^1]个镇"), "{counted}");
}

#[test]
fn sql_without_quotes_has_the_words_at_its_places() {
    let said = page(
        "{{ ask(\"sql \\\"SELECT growth, document, start, [end] FROM v_metrics WHERE place = '云塘镇' AND indicator = 'tax_revenue' AND year = 2023 AND status = 'estimate'\\\"\") }}",
    );
    let said = said.markdown();
    assert!(
        said.contains(
            "[^1]: 2023年预计<b>完成税收收入3.22亿元，同比增长34.2%，完成年度目标的115%</b>；"
        ),
        "{said}"
    );
    assert!(!said.contains('…'), "{said}");
}

#[test]
fn figures_are_quoted_by_the_sentences_that_say_them() {
    let said = page("{{ quotes(\"tax, investment of 云塘镇 in 2023\") }}").markdown();
    assert!(
        said.contains(
            "- 完成税收收入3.22亿元，同比增长34.2%，完成年度目标的115% / 固定资产投资完成16.87亿元"
        ),
        "{said}"
    );
    // A task is its own sentence.
    let said = page("{{ quotes(\"tasks of 云塘镇 in 2023 mentioning 公园\") }}").markdown();
    assert!(said.contains("- 再建口袋公园4个"), "{said}");
}

/// What an attribute is, with quotation marks or without.
fn value(rest: &str) -> &str {
    let rest = rest.trim_start_matches('"');
    let end = rest.find(['"', ' ', '>']).unwrap_or(rest.len());
    &rest[..end]
}

/// Each number of a page leads to a footnote that is there, and each footnote back to a number that is there.
fn check_links(html: &str) -> usize {
    let ids: Vec<&str> = html.split(" id=").skip(1).map(value).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    let all = sorted.len();
    sorted.dedup();
    assert_eq!(sorted.len(), all, "an id stands twice");
    let links: Vec<&str> = html
        .split("href=")
        .skip(1)
        .filter_map(|rest| value(rest).strip_prefix('#'))
        .collect();
    for link in &links {
        assert!(sorted.binary_search(link).is_ok(), "#{link} leads nowhere");
    }
    links.len()
}

#[test]
fn the_examples_run_in_every_format() {
    let given: [(&str, &[(&str, &str)]); 4] = [
        ("one-town", &[("town", "云塘镇")]),
        ("county", &[("area", "德清县")]),
        ("promises", &[("places", "云塘镇、槐渡镇")]),
        ("panel", &[("figure", "固定资产投资")]),
    ];
    for (name, values) in given {
        for name in [name.to_owned(), format!("{name}.zh")] {
            let (_folder, store) = samples::store();
            let script = Script::find(&name, &store).unwrap();
            let setting = Setting {
                values: values.iter().copied().collect(),
                names: values.iter().map(|(name, _)| (*name).to_owned()).collect(),
                limits: Limits::default(),
            };
            let page =
                run(&script, store, &setting).unwrap_or_else(|error| panic!("{name}: {error}"));
            let html = page.html();
            // The panel of the samples has three footnotes, the other pages more figures.
            let least = if name.starts_with("panel") { 12 } else { 60 };
            let links = check_links(&html);
            assert!(links >= least, "{name} has {links} links");
            assert!(html.len() < 200_000, "{name}: {}", html.len());
            for outside in ["<script", "src=", "http:", "https:", "@import", "url("] {
                assert!(!html.contains(outside), "{name} has {outside}");
            }
            assert!(page.markdown().contains("\n[^1]: "), "{name}");
            let book = page
                .workbook()
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(book.starts_with(b"PK"), "{name}");
        }
    }
}

#[test]
fn the_panel_is_tidy() {
    let (_folder, store) = samples::store();
    let script = Script::find("panel", &store).unwrap();
    let setting = Setting {
        values: [("figure", "固定资产投资")].into_iter().collect(),
        names: vec!["figure".to_owned()],
        limits: Limits::default(),
    };
    let page = run(&script, store, &setting).unwrap();
    let csv = page.separated(Some("panel")).unwrap();
    let mut lines = csv.lines();
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("place,kind,code,province,target_year,report_year")
    );
    let line = lines
        .find(|line| line.starts_with("云塘镇") && line.contains(",2023,2022,"))
        .unwrap();
    assert!(line.contains("固定资产投资20亿元，增长8%左右"), "{line}");
    assert!(line.contains(",8,"), "{line}");
    // Two tables are no csv.
    let error = page.separated(None).unwrap_err().to_string();
    assert!(
        error.contains("R0501") && error.contains("panel, codebook"),
        "{error}"
    );
}

#[test]
fn the_same_gives_the_same_bytes() {
    let (folder, store) = samples::store();
    let path = store.path().to_owned();
    let script = Script::find("one-town.zh", &store).unwrap();
    let setting = Setting {
        values: [("town", "云塘镇")].into_iter().collect(),
        names: vec!["town".to_owned()],
        limits: Limits::default(),
    };
    drop(store);
    let made = || {
        let page = run(&script, Store::open_read_only(&path).unwrap(), &setting).unwrap();
        (page.html(), page.markdown(), page.workbook().unwrap())
    };
    let (first, second) = (made(), made());
    assert_eq!(first.0, second.0);
    assert_eq!(first.1, second.1);
    assert!(first.2 == second.2, "the workbooks differ");
    let hash = Store::open_read_only(&path).unwrap().fingerprint().unwrap();
    assert!(first.0.contains(hash.as_str()));
    drop(folder);
}

#[test]
fn faults_say_where_they_are() {
    // The head has three lines, and the first of the body is the fifth.
    assert!(fault("", "{{ ask(\"tax of 云唐镇\") }}").starts_with("Q0102 5:16 "));
    assert!(fault("", "a\n{{ twon }}").starts_with("R0202 6:4 "));
    assert!(fault("", "{% for x in y %}").starts_with("R0201 5:"));
    assert!(fault("", "{{ 1 + \"a\" }}").starts_with("R0203 5:4 "));
    assert!(fault("", "{{ asc(\"tax\") }}").starts_with("R0202 5:4 "));
    assert!(fault("", "{% include \"../../etc/passwd\" %}").starts_with("R0204 5:"));
    assert!(
        fault("", "{{ ask(\"tax of all towns\") }}")
            .starts_with("R0302 5:4 “tax of all towns” gives 4 rows")
    );
    assert!(fault("", "{{ ask(\"problems of 云塘镇\") }}").starts_with("R0302 5:4 "));
    assert!(fault("", "x\n\n```table T\ntowns with tax over 30\n```\n").starts_with("Q0111 8:"));
    assert!(fault("", "```table\n```\n").starts_with("R0303 5:"));
    assert!(fault("", "{{ table(\"towns\", columns=[\"nothing\"]) }}").starts_with("R0303 5:4 "));
    assert!(
        fault("", "{{ ask(\"define @a as towns\") }}")
            .starts_with("R0301 5:4 a script asks questions")
    );
    assert!(fault("", "{{ ask('sql \"DELETE FROM towns\"') }}").starts_with("R0301 5:4 "));
    assert!(fault("", "{{ ask(\"tax of $nowhere\") }}").starts_with("R0202 5:4 $nowhere in"));
    assert!(
        fault("parameters:\n  town: place\n", "x")
            .starts_with("R0103 5:3 town (place) has no value")
    );
    assert!(fault("parameters:\n  year: year = now\n", "x").starts_with("R0104 5:3 year=now"));
    assert!(fault("parameters:\n  town: place = 无名镇\n", "x").starts_with("R0104 5:3 "));
    assert!(fault("parameters:\n  least: quantity = much\n", "x").starts_with("R0104 5:3 "));
}

#[test]
fn a_parameter_that_is_not_there_is_named() {
    let (_folder, store) = samples::store();
    let script = Script::of_text("a.md", "---\ntitle: t\nlanguage: en\n---\nx").unwrap();
    let setting = Setting {
        values: [("twon", "x")].into_iter().collect(),
        names: vec!["twon".to_owned()],
        limits: Limits::default(),
    };
    let error = run(&script, store, &setting).unwrap_err().to_string();
    assert!(
        error.contains("R0105  the script has no parameter twon"),
        "{error}"
    );
}

#[test]
fn the_question_and_its_remedy_stand_in_the_message() {
    let Err(ReportError::Fault(fault)) =
        run_body("", "\n{{ ask(\"towns with invesment over 3亿元\") }}")
    else {
        panic!("it was answered");
    };
    let shown = fault.show(zhenzhi::query::Lang::En);
    assert!(shown.starts_with("a.md:6:20\nerror Q0102"), "{shown}");
    assert!(
        shown.contains("  6 │ {{ ask(\"towns with invesment over 3亿元\") }}\n"),
        "{shown}"
    );
    assert!(shown.contains("= write fixed-asset investment"), "{shown}");
}

#[test]
fn a_script_that_does_too_much_is_stopped() {
    let long = "{% for a in range(10000) %}{% for b in range(10000) %}{% endfor %}{% endfor %}";
    assert!(
        fault("", long).starts_with("R0205 5:"),
        "{}",
        fault("", long)
    );
    let deep = "{% macro m(x) %}{{ m(x) }}{% endmacro %}{{ m(1) }}";
    assert!(
        fault("", deep).starts_with("R0205 5:"),
        "{}",
        fault("", deep)
    );
    let wide = "{% for a in range(100000) %}{{ \"x\" * 1000 }}{% endfor %}";
    assert!(fault("", wide).starts_with("R0205 "), "{}", fault("", wide));
    let (_folder, store) = samples::store();
    let script = Script::of_text("a.md", "---\ntitle: t\nlanguage: en\n---\n{% for n in range(50) %}{{ ask(\"tax of all towns, limit \" ~ n) }}{% endfor %}").unwrap();
    let setting = Setting {
        limits: Limits {
            questions: 0,
            ..Limits::default()
        },
        ..Setting::default()
    };
    let error = run(&script, store, &setting).unwrap_err().to_string();
    assert!(error.contains("R0205"), "{error}");
}

#[test]
fn expectations_fail_with_place_and_found_value() {
    page(
        "```expect\ntax of 云塘镇 in 2023 = 3.22亿元\n\ntax growth of 云塘镇 in 2023 > 30%\nhow many towns have tax > 3亿元 = 3\n```\n",
    );
    page(
        "{{ expect(\"tax of 云塘镇 in 2023 ≥ 3亿元\") }}{{ expect(ask(\"towns\") | length == 4, \"four towns\") }}",
    );
    let failed = fault("", "\n```预期\ntax of 云塘镇 in 2023 = 3.3亿元\n```\n");
    assert!(failed.starts_with("R0401 7:1 expected tax of 云塘镇 in 2023 = 3.3亿元; found 322 million yuan (est.) (“完成税收收入3.22亿元"), "{failed}");
    assert!(
        fault("", "{{ expect(1 > 2, \"one is more\") }}")
            .starts_with("R0401 5:4 an expectation is not met: one is more")
    );
    assert!(fault("", "{{ expect(\"tax of 云塘镇 in 2023\") }}").starts_with("R0402 5:"));
    assert!(fault("", "{{ expect(\"tax of 云塘镇 in 2023 = 3.22\") }}").starts_with("R0402 5:"));
}

#[test]
fn every_code_of_a_fault_is_shown_by_a_test() {
    let tests = include_str!("report.rs").to_owned() + include_str!("../../src/report/head.rs");
    for code in fault_codes() {
        let times = tests.matches(code.code).count();
        assert!(times > 0, "{} ({}) has no test", code.code, code.en);
    }
}

/// A store whose texts try to be HTML, Markdown, a template and a mark.
fn hostile() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hostile.db");
    let text = "云塘镇2023年政府工作报告\n一、2023年工作回顾\n全年税收收入3.22亿元，<script>alert(1)</script>增长34.2%，{{ 7 * 7 }}**粗**|格|[链](javascript:x)\u{fdd0}0\u{fdd1}。\n二、存在的问题\n<img src=x onerror=y>问题{% raw %}`码`&amp;。\n";
    let file = folder.path().join("云塘镇-2023.txt");
    std::fs::write(&file, text).unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_zhenzhi"))
        .args(["import"])
        .arg(&path)
        .arg(&file)
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    let store = Store::open_read_only(&path).unwrap();
    (folder, store)
}

#[test]
fn what_a_store_says_is_never_more_than_words() {
    let (_folder, store) = hostile();
    let body = "---\ntitle: t\nlanguage: zh\n---\n\
        {{ ask(\"云塘镇税收\") }}\n\n{{ quotes(\"云塘镇的句子\") }}\n\n{{ table(\"云塘镇的句子\") }}\n\n\
        {% for row in ask(\"云塘镇的句子\") %}\n- {{ row.sentence }}\n| {{ row.sentence }} |\n{% endfor %}\n<script>x</script>\n<img src=\"http://a/b\">\n\n![p](http://a/b) [l](javascript:y)\n";
    let script = Script::of_text("a.md", body).unwrap();
    let page = run(&script, store, &Setting::default()).unwrap();
    let html = page.html();
    for forbidden in [
        "<script",
        "<img",
        "href=javascript",
        "href=\"javascript",
        "\u{fdd0}",
        "\u{fdd1}",
        ">49",
        "<strong>粗",
    ] {
        assert!(!html.contains(forbidden), "{forbidden} in {html}");
    }
    assert!(html.contains("&lt;script&gt;alert(1)"));
    assert!(html.contains("**粗**"));
    let markdown = page.markdown();
    for forbidden in ["\n- <img", "**粗**", "|格|", "\u{fdd0}"] {
        assert!(!markdown.contains(forbidden), "{forbidden} in {markdown}");
    }
    check_links(&html);
}

#[test]
fn words_of_parameters_cannot_become_questions() {
    let (_folder, store) = samples::store();
    let text = "---\ntitle: t\nlanguage: en\nparameters:\n  town: place\n  word: text\n---\n{{ ask(\"tax of $town in 2023\") }} {{ ask(\"sentences mentioning $word\") | length }} {{ ask('sql \"SELECT count(*) AS n FROM towns WHERE name = $word\"') }}";
    let script = Script::of_text("a.md", text).unwrap();
    let run_with = |town: &str, word: &str| {
        let setting = Setting {
            values: [("town", town), ("word", word)]
                .into_iter()
                .collect::<Parameters>(),
            names: vec!["town".to_owned(), "word".to_owned()],
            limits: Limits::default(),
        };
        run(
            &script,
            Store::open_read_only(store.path()).unwrap(),
            &setting,
        )
    };
    let page = run_with("云塘", "养老\" or mentioning \"老街").unwrap();
    assert!(page.markdown().contains("322 million yuan"));
    let page = run_with("云塘镇", "' OR 1=1 --").unwrap();
    assert!(page.markdown().contains(" 0[^"), "{}", page.markdown());
    assert!(run_with("云塘镇, 槐渡镇 in 2022", "x").is_err());
    assert!(run_with("nowhere", "x").is_err());
}

#[test]
fn lists_and_changes_stand_as_people_write_them() {
    let parameters = "parameters:\n  places: places = 云塘镇、槐渡\n  years: years = 2022-2023\n  odd: years = 2018、2023\n  tax: figure = 税收\n  yes: flag = 是\n  n: number = 2\n";
    let body = "{{ ask(\"tax of $places in $years\").rows }} {{ ask(\"tax of $places in $odd\").rows }} {{ ask(\"$tax of $places in 2023\").rows }} {% if yes %}{{ n }}{% endif %} {{ places | join(\"和\") }}\n\n\
        {{ ask(\"云塘镇2023年固定资产投资\").growth.moved }} {{ ask(\"云塘镇2023年税收\").growth.moved }}\n";
    let page = run_body(parameters, body).unwrap_or_else(|error| panic!("{error}"));
    let markdown = page.markdown();
    assert!(
        markdown.contains("\n3 2 2 2 云塘镇和槐渡镇\n"),
        "{markdown}"
    );
    assert!(
        markdown.contains("\n下降8.8%[^1] 增长34.2%（预计）[^2]\n"),
        "{markdown}"
    );
    assert!(markdown.contains("places = 云塘镇、槐渡镇; years = 2022–2023; odd = 2018, 2023"));
}

#[test]
fn an_older_store_shows_what_has_changed() {
    let folder = tempfile::tempdir().unwrap();
    let store_of = |name: &str, text: &str| {
        let file = folder.path().join("云塘镇-2023.txt");
        std::fs::write(
            &file,
            format!("云塘镇2023年政府工作报告\n一、2023年工作回顾\n{text}\n"),
        )
        .unwrap();
        let path = folder.path().join(name);
        let done = Command::new(env!("CARGO_BIN_EXE_zhenzhi"))
            .arg("import")
            .arg(&path)
            .arg(&file)
            .output()
            .unwrap();
        assert!(done.status.success(), "{done:?}");
        Store::open_read_only(&path).unwrap()
    };
    let old = || {
        store_of(
            "old.db",
            "全年税收收入3.22亿元，增长34.2%。固定资产投资16.87亿元。",
        )
    };
    let new = || {
        store_of(
            "new.db",
            "全年税收收入3.30亿元，增长34.2%。地区生产总值80亿元。",
        )
    };
    let script = Script::of_text(
        "a.md",
        "---\ntitle: t\nlanguage: zh\nparameters:\n  year: year = latest\n---\n{% for name in [\"税收\", \"固定资产投资\", \"生产总值\"] %}\n{% set a = ask(\"云塘镇$year年$name\") %}\n{% if a.value %}{{ a }} {{ a.growth }}{% endif %}\n{% endfor %}\n",
    )
    .unwrap();
    let page = run_against(&script, new(), old(), &Setting::default()).unwrap();
    let html = page.html();
    assert!(
        html.contains("<sup>1</sup></a> <ins>原为 3.22亿元</ins>"),
        "{html}"
    );
    assert!(html.contains("<ins>新增</ins>"), "{html}");
    assert!(html.contains("<td>16.87亿元<td>不再有"), "{html}");
    assert!(!html.contains("原为 +34.2%"), "{html}");
    let same = run_against(&script, new(), new(), &Setting::default()).unwrap();
    assert!(same.html().contains("没有变化"));
}
