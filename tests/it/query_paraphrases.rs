//! The same meanings asked in many ways, in both languages: which of them have one plan.
//!
//! Each line of `paraphrases.tsv` has a mark: `#` the question as the manual would put it, `=` another way that has its plan,
//! `~` one whose plan is another and means the same, as far as it was read, `x` one that is refused. With the environment
//! variable `PARAPHRASES=write` the marks are written anew.

use std::collections::HashMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use zhenzhi::extract::lexicon::indicators;
use zhenzhi::fact::{Place, PlaceKind};
use zhenzhi::query::{Catalog, CatalogPlace, compile};

const TABLE: &str = include_str!("paraphrases.tsv");

/// Cities and towns that the questions name, with the whole vocabulary.
fn catalog() -> Catalog {
    let kinds = [
        ("宁波市", PlaceKind::City, "", "", "浙江省"),
        ("厦门市", PlaceKind::City, "", "", "福建省"),
        ("浙江省", PlaceKind::Province, "", "", ""),
        ("福建省", PlaceKind::Province, "", "", ""),
        ("杨柳青镇", PlaceKind::Town, "西青区", "天津市", "天津市"),
        ("精武镇", PlaceKind::Town, "西青区", "天津市", "天津市"),
        ("北仓镇", PlaceKind::Town, "北辰区", "天津市", "天津市"),
    ];
    let part = |name: &str| (!name.is_empty()).then(|| name.to_owned());
    let places = kinds.into_iter().zip(1..);
    let places = places.map(|((name, kind, county, city, province), id)| CatalogPlace {
        id,
        place: Place {
            name: name.into(),
            kind,
            code: None,
            county: part(county),
            city: part(city),
            province: part(province),
        },
        reports: 5,
    });
    let known = indicators().iter().map(|known| (known.id.clone(), 3));
    let counts: HashMap<String, u32> = known.collect();
    Catalog::new(
        indicators().to_vec(),
        places.collect(),
        (2010..=2024).collect(),
        counts,
    )
}

#[test]
fn each_way_of_asking_has_the_mark_that_it_had() {
    let catalog = catalog();
    let mut meant = None;
    let mut new = String::from("mark\tquestion\n");
    let mut counts: HashMap<char, usize> = HashMap::new();
    for line in TABLE.lines().skip(1) {
        let (mark, question) = line.split_once('\t').expect("a mark and a question");
        let compiled = compile(question, &catalog).ok();
        let mark = match compiled {
            Some(compiled) if mark == "#" => {
                meant = Some(compiled.plan);
                '#'
            }
            None if mark == "#" => panic!("{question} is refused"),
            Some(compiled) if Some(&compiled.plan) == meant.as_ref() => '=',
            Some(_) => '~',
            None => 'x',
        };
        *counts.entry(mark).or_default() += 1;
        let _ = writeln!(new, "{mark}\t{question}");
    }
    println!("{counts:?}");
    if std::env::var_os("PARAPHRASES").is_some_and(|mode| mode == "write") {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/paraphrases.tsv");
        fs::write(path, new).expect("the table is written");
        return;
    }
    for (old, new) in TABLE.lines().zip(new.lines()) {
        assert_eq!(
            old, new,
            "PARAPHRASES=write cargo test paraphrases writes it anew"
        );
    }
}
