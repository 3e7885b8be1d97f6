//! Saved queries, parameters and raw SQL.

use zhenzhi::query::{
    Catalog, Definition, Diagnostic, LANGUAGE_VERSION, Lang, Parameters, Understood, compile,
    compile_with,
};

use crate::query_world::names;

fn defined(statement: &str, catalog: &Catalog) -> Result<Definition, Vec<Diagnostic>> {
    match compile_with(statement, catalog, &Parameters::new())? {
        Understood::Definition(definition) => Ok(definition),
        other => panic!("{statement} is {other:?}"),
    }
}

fn plan(question: &str, parameters: &[(&str, &str)]) -> zhenzhi::query::plan::Plan {
    let parameters: Parameters = parameters.iter().copied().collect();
    match compile_with(question, &names(), &parameters) {
        Ok(Understood::Question(compiled)) => compiled.plan,
        other => panic!("{question} is {other:?}"),
    }
}

fn code(question: &str, parameters: &[(&str, &str)]) -> &'static str {
    let parameters: Parameters = parameters.iter().copied().collect();
    match compile_with(question, &names(), &parameters) {
        Err(faults) => faults[0].code,
        Ok(understood) => panic!("{question} is {understood:?}"),
    }
}

#[test]
fn a_definition_is_a_value_with_its_text() {
    let catalog = names();
    let english = defined("define @big as  towns with tax growth over $min", &catalog);
    assert_eq!(
        english,
        Ok(Definition {
            name: "big".into(),
            text: "towns with tax growth over $min".into(),
            lang: Lang::En,
            parameters: vec!["min".into()],
            language_version: LANGUAGE_VERSION,
        })
    );
    let chinese = defined("定义@big为税收增长超过$min的镇", &catalog).expect("a definition");
    assert_eq!(chinese.text, "税收增长超过$min的镇");
    assert_eq!(chinese.name, "big");
    let both = defined(
        "define @both as @rich with tax growth over $min, top $n",
        &catalog,
    );
    assert_eq!(
        both.expect("a definition").parameters,
        ["min", "n", "least"],
        "those of the query it builds on included"
    );
}

#[test]
fn a_definition_is_checked_when_it_is_made() {
    let catalog = names();
    for (statement, code) in [
        ("define @x as towns with with tax", "Q0101"),
        ("define @x as towns with taxx over 3亿元", "Q0102"),
        ("define @x as towns with tax over 30%", "Q0104"),
        ("define @x as @nothing", "Q0130"),
        ("define @x as @x, top 5", "Q0132"),
    ] {
        let faults = defined(statement, &catalog).expect_err(statement);
        assert_eq!(faults[0].code, code, "{statement}: {faults:?}");
    }
}

#[test]
fn a_saved_query_is_what_it_says_and_goes_on_from_there() {
    let min = [("min", "30%")];
    assert_eq!(
        plan("@strong", &min),
        plan("towns with tax growth over 30%", &[])
    );
    let english = plan("@strong, show tax, tax growth, chart bar", &min);
    assert_eq!(
        english,
        plan("@strong，显示税收、税收增长，作图条形图", &min)
    );
    assert_eq!(
        plan("@strongest in Tianjin", &min),
        plan(
            "towns with tax growth over 30%, by tax growth, top 3, in Tianjin",
            &[]
        )
    );
}

#[test]
fn a_parameter_has_the_type_of_its_use() {
    assert_eq!(
        plan(
            "tax of $town in $year",
            &[("town", "双港镇"), ("year", "2022")]
        ),
        plan("tax of 双港镇 in 2022", &[])
    );
    assert_eq!(
        plan("tasks mentioning $word", &[("word", "“养老”")]),
        plan("tasks mentioning \"养老\"", &[])
    );
    assert_eq!(
        plan("@rich", &[("least", "300 million yuan")]),
        plan("税收超过3亿元的镇", &[])
    );
    assert_eq!(code("@strong", &[("min", "3亿元")]), "Q0104");
    assert_eq!(code("@rich", &[("least", "3")]), "Q0111");
    // A value is one word: no condition comes in with it.
    for value in [
        "3亿元 or tax over 0元",
        "",
        "3亿元的镇",
        "@strong",
        "$least",
    ] {
        assert_eq!(code("@rich", &[("least", value)]), "Q0131", "{value}");
    }
}

#[test]
fn faults_of_a_saved_query_are_shown_where_it_is_named() {
    let parameters: Parameters = [("min", "3亿元")].into_iter().collect();
    let faults = compile_with("@strong, top 5", &names(), &parameters).expect_err("a unit");
    assert_eq!((faults[0].span.start, faults[0].span.end), (0, 7));
    let faults = compile("@stron", &names()).expect_err("no such query");
    assert_eq!(faults[0].fixes[0].text, "@strong");
}

#[test]
fn raw_sql_is_handed_on() {
    for statement in [
        "sql \"SELECT name FROM towns WHERE \"end\" > 1\"",
        "SQL “SELECT name FROM towns WHERE \"end\" > 1”",
    ] {
        match compile_with(statement, &names(), &Parameters::new()) {
            Ok(Understood::Sql(sql)) => {
                assert_eq!(sql, "SELECT name FROM towns WHERE \"end\" > 1");
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(code("sql \"SELECT 1", &[]), "Q0112");
    assert_eq!(code("sql \"\"", &[]), "Q0112");
}
