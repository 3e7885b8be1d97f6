//! A small world to ask about: a vocabulary, a catalog of place names, and a store of fictional towns.

use std::collections::HashMap;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, params, params_from_iter};
use zhenzhi::fact::{Indicator, Place, PlaceKind, Value};
use zhenzhi::query::{Answer, Catalog, CatalogPlace, Compiled, Lang, Sql, answer, compile};
use zhenzhi::render::{Options, Separator, separated};

const VOCABULARY: &str = "\
tax_revenue|税收收入|税收|tax revenue|tax|元
general_public_budget_revenue|一般公共预算收入||general public budget revenue|budget revenue|元
fixed_asset_investment|固定资产投资|固投,投资|fixed-asset investment|investment|元
industrial_fixed_asset_investment|工业固定资产投资|工业投资|industrial fixed-asset investment|industrial investment|元
industrial_output_above_scale|规模以上工业总产值|规上工业总产值|industrial output above scale|industrial output|元
livelihood_spending|民生投入|民生支出|livelihood spending||元
grain_area|粮食播种面积|粮食面积|grain area||亩
new_jobs|新增就业||new jobs|jobs|人
gas_renovation_rate|燃气改造完成率||gas renovation rate||%
population|常住人口|人口|population||人";

pub(crate) fn vocabulary() -> Vec<Indicator> {
    VOCABULARY
        .lines()
        .map(|line| {
            let cells: Vec<&str> = line.split('|').collect();
            let names = |first: &str, more: &str| {
                std::iter::once(first)
                    .chain(more.split(',').filter(|name| !name.is_empty()))
                    .map(str::to_owned)
                    .collect()
            };
            Indicator {
                id: cells[0].into(),
                name_zh: cells[1].into(),
                name_en: cells[3].into(),
                unit: cells[5].into(),
                definition: String::new(),
                names_zh: names(cells[1], cells[2]),
                names_en: names(cells[3], cells[4]),
            }
        })
        .collect()
}

fn place(id: i64, name: &str, kind: PlaceKind, around: [&str; 3]) -> CatalogPlace {
    let part = |name: &str| (!name.is_empty()).then(|| name.to_owned());
    CatalogPlace {
        id,
        place: Place {
            name: name.into(),
            kind,
            code: None,
            county: part(around[0]),
            city: part(around[1]),
            province: part(around[2]),
        },
        reports: 1,
    }
}

/// Real place names, to ask the questions of the manual.
pub(crate) fn names() -> Catalog {
    let tianjin = |county| [county, "天津市", "天津市"];
    let places = vec![
        place(1, "杨柳青镇", PlaceKind::Town, tianjin("西青区")),
        place(2, "精武镇", PlaceKind::Town, tianjin("西青区")),
        place(3, "双港镇", PlaceKind::Town, tianjin("津南区")),
        place(4, "北仓镇", PlaceKind::Town, tianjin("北辰区")),
        place(5, "海口市", PlaceKind::City, ["", "", "海南省"]),
        place(
            6,
            "城关镇",
            PlaceKind::Town,
            ["米易县", "攀枝花市", "四川省"],
        ),
        place(7, "城关镇", PlaceKind::Town, ["富平县", "渭南市", "陕西省"]),
        place(8, "米易县", PlaceKind::County, ["", "攀枝花市", "四川省"]),
        place(9, "孙岗镇", PlaceKind::Town, ["裕安区", "六安市", "安徽省"]),
    ];
    let counts = [
        ("tax_revenue", 3),
        ("fixed_asset_investment", 6),
        ("industrial_fixed_asset_investment", 1),
        ("industrial_output_above_scale", 5),
        ("general_public_budget_revenue", 4),
    ];
    let counts: HashMap<String, u32> = counts
        .into_iter()
        .map(|(id, n)| (id.to_owned(), n))
        .collect();
    let saved = [
        ("strong", "towns with tax growth over $min"),
        ("rich", "税收超过$least的镇"),
        ("strongest", "@strong, by tax growth, top 3"),
        ("loop", "@loop, top 5"),
    ];
    let saved = saved.map(|(name, text)| (name.to_owned(), text.to_owned()));
    Catalog::new(vocabulary(), places, vec![2019, 2020, 2022, 2023], counts)
        .with_saved(saved.into())
}

/// A store of five fictional towns in two districts, and one of the county above.
pub(crate) struct World {
    pub(crate) db: Connection,
    pub(crate) catalog: Catalog,
}

const TABLES: &str = r#"
CREATE TABLE documents (id INTEGER PRIMARY KEY, name TEXT, text TEXT);
CREATE TABLE towns (id INTEGER PRIMARY KEY, name TEXT, kind TEXT, code TEXT, county TEXT, city TEXT, province TEXT);
CREATE TABLE sessions (id INTEGER PRIMARY KEY, document_id INTEGER, town_id INTEGER, start INTEGER, "end" INTEGER,
  title TEXT, held_on TEXT, speaker TEXT, review_year INTEGER, plan_year INTEGER, stated_year INTEGER);
CREATE TABLE sections (id INTEGER PRIMARY KEY, session_id INTEGER, type TEXT, start INTEGER, "end" INTEGER);
CREATE TABLE metrics (id INTEGER PRIMARY KEY, session_id INTEGER, section_id INTEGER, indicator TEXT, label TEXT,
  number TEXT, value REAL, value_high REAL, unit TEXT, bound TEXT, growth REAL, growth_kind TEXT, status TEXT,
  year INTEGER, period TEXT, completion REAL, rank TEXT, rule TEXT, quote TEXT, start INTEGER, "end" INTEGER,
  growth_to REAL, growth_bound TEXT, points_against TEXT);
CREATE TABLE tasks (id INTEGER PRIMARY KEY, session_id INTEGER, section_id INTEGER, topic TEXT, text TEXT,
  deadline TEXT, deadline_on TEXT, start INTEGER, "end" INTEGER);
CREATE TABLE passages (id INTEGER PRIMARY KEY, session_id INTEGER, section_id INTEGER, kind TEXT, text TEXT, start INTEGER, "end" INTEGER);
CREATE VIRTUAL TABLE passages_fts USING fts5 (text, content = '', tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'");
CREATE TABLE doubts (id INTEGER PRIMARY KEY, session_id INTEGER, code TEXT, message TEXT, start INTEGER, "end" INTEGER,
  message_zh TEXT);
CREATE TABLE indicators (id TEXT PRIMARY KEY, name_zh TEXT, name_en TEXT, unit TEXT, definition TEXT);
"#;

/// What figures without a value bound is their growth, and a fall of at least 4 % is a growth of at most -4 %.
pub(crate) const BOUND_OF_GROWTH: &str = "UPDATE metrics SET growth_bound = CASE WHEN growth >= 0 THEN bound \
    WHEN bound IN ('gt', 'ge') THEN 'l' || substr(bound, 2) WHEN bound IN ('lt', 'le') THEN 'g' || substr(bound, 2) ELSE bound END \
    WHERE value IS NULL AND bound <> 'eq'";

/// `town|county|kind|review year|stated year` and then its sentences, each
/// `indicator|value|bound|growth|growth kind|status|year|period|sentence`.
const REPORTS: &[(&str, &[&str])] = &[
    (
        "河湾镇|临江区|town|2023|",
        &[
            "tax_revenue|1400000000|eq|33.5|yoy|estimate|2023|year|预计全年税收达14亿元，\n同比增长33.5%。",
            "tax_revenue|3000000000|eq|||actual|2023|cumulative|五年累计税收30亿元。",
            "fixed_asset_investment|||12|yoy|actual|2023|year|固定资产投资增长12%。",
            "tax_revenue|1500000000|eq|7|yoy|target|2024|year|税收增长7%，达15亿元。",
        ],
    ),
    (
        "河湾镇|临江区|town|2022|",
        &[
            "tax_revenue|1048000000|eq|4|yoy|actual|2022|year|税收10.48亿元，增长4%。",
            "tax_revenue|1300000000|ge|||target|2023|year|税收达到13亿元以上。",
            "fixed_asset_investment|800000000|eq|-3|yoy|actual|2022|year|固定资产投资8亿元，下降3%。",
        ],
    ),
    (
        "松岭镇|临江区|town|2022|",
        &[
            "tax_revenue|600000000|eq|||actual|2022|to-month-10|截至10月底税收6亿元。",
            "tax_revenue|700000000|eq|||actual|2022|year|全年税收7亿元。",
            "tax_revenue|||31|yoy|actual|2022|year|税收同比增长31%。",
            "fixed_asset_investment|1950000000|eq|-40|yoy|actual|2022|year|固定资产投资19.5亿元，下降40%。",
            "grain_area|18300|eq|||actual|2022|year|粮食播种面积1.83万亩。",
        ],
    ),
    (
        "石桥镇|临江区|town|2020|2023",
        &[
            "tax_revenue|3400000000|ge|5|yoy|actual|2020|year|税收34亿元以上，增长5%。",
            "fixed_asset_investment|2289000000|eq|8|yoy|actual|2020|to-month-10|截至10月底固定资产投资22.89亿元，增长8%。",
        ],
    ),
    (
        "云溪乡|青禾县|township|2023|",
        &[
            "tax_revenue|90000000|eq|30|yoy|actual|2023|year|税收9000万元，增长30%。",
            "gas_renovation_rate|95|gt|2.9|pp|actual|2023|year|燃气改造完成率超过95%，提高2.9个百分点。",
            "new_jobs|1100|approx|||actual|2023|year|新增就业约1100人。",
        ],
    ),
    (
        "柳浦镇|青禾县|town|2023|",
        &["|28|eq|||actual|2023|year|举办招聘会28场。"],
    ),
    (
        "青禾县||county|2023|",
        &["tax_revenue|9900000000|eq|50|yoy|actual|2023|year|全县税收99亿元，增长50%。"],
    ),
];

const TASKS: &[(i64, &str, &str, &str)] = &[
    (1, "建成河湾第二幼儿园。", "6月底前", "2024-06-30"),
    (1, "改造老旧小区4个。", "", ""),
    (3, "新建幼儿园1所。", "", ""),
];

pub(crate) fn world() -> World {
    let db = Connection::open_in_memory().expect("an in-memory store");
    db.execute_batch(TABLES).expect("tables");
    let mut places: Vec<CatalogPlace> = Vec::new();
    let mut metric = 0_i64;
    for (at, (head, sentences)) in REPORTS.iter().enumerate() {
        let id = at as i64 + 1;
        let cells: Vec<&str> = head.split('|').collect();
        let (name, county, kind) = (cells[0], cells[1], cells[2]);
        let review: i64 = cells[3].parse().expect("a year");
        let stated: Option<i64> = cells[4].parse().ok();
        let city = "江州市";
        let known = places
            .iter()
            .find(|place| place.place.name == name)
            .map(|place| place.id);
        let town = known.unwrap_or_else(|| {
            let town = places.len() as i64 + 1;
            let kind_of = match kind {
                "county" => PlaceKind::County,
                "township" => PlaceKind::Township,
                _ => PlaceKind::Town,
            };
            places.push(place(town, name, kind_of, [county, city, "海原省"]));
            let around = (!county.is_empty()).then_some(county);
            db.execute(
                "INSERT INTO towns VALUES (?1, ?2, ?3, NULL, ?4, ?5, '海原省')",
                params![town, name, kind, around, city],
            )
            .expect("a town");
            town
        });
        let text: String = sentences.iter().map(|sentence| text_of(sentence)).collect();
        let length = text.chars().count() as i64;
        db.execute(
            "INSERT INTO documents VALUES (?1, ?2, ?3)",
            params![id, format!("{name}-{review}.txt"), text],
        )
        .expect("a document");
        db.execute(
            "INSERT INTO sessions VALUES (?1, ?1, ?2, 0, ?3, ?4, NULL, NULL, ?5, ?6, ?7)",
            params![
                id,
                town,
                length,
                format!("{name}政府工作报告"),
                review,
                review + 1,
                stated
            ],
        )
        .expect("a session");
        db.execute(
            "INSERT INTO sections VALUES (?1, ?1, 'review', 0, ?2)",
            params![id, length],
        )
        .expect("a section");
        let mut start = 0_i64;
        for sentence in *sentences {
            metric += 1;
            let cells: Vec<&str> = sentence.split('|').collect();
            let text = |at: usize| (!cells[at].is_empty()).then(|| cells[at].to_owned());
            let number = |at: usize| cells[at].parse::<f64>().ok();
            let quote = text_of(sentence);
            let unit = match cells[0] {
                "" => "场",
                "grain_area" => "亩",
                "new_jobs" => "人",
                "gas_renovation_rate" => "%",
                _ => "元",
            };
            let end = start + quote.chars().count() as i64;
            db.execute(
                "INSERT INTO metrics VALUES (?1, ?2, ?2, ?3, ?4, NULL, ?5, NULL, ?6, ?7, ?8, ?9, ?10, ?11, ?12, NULL, NULL, 'test', ?13, ?14, ?15, NULL, NULL, NULL)",
                params![
                    metric,
                    id,
                    text(0),
                    if cells[0].is_empty() { "举办招聘会" } else { cells[0] },
                    number(1),
                    number(1).map(|_| unit),
                    if cells[2].is_empty() { "eq" } else { cells[2] },
                    number(3),
                    text(4),
                    cells[5],
                    cells[6].parse::<i64>().expect("a year"),
                    cells[7],
                    quote,
                    start,
                    end
                ],
            )
            .expect("a figure");
            start = end;
        }
    }
    db.execute(BOUND_OF_GROWTH, ())
        .expect("bounds of growths that stand alone");
    for (session, text, deadline, on) in TASKS {
        let none = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        db.execute(
            "INSERT INTO tasks (session_id, topic, text, deadline, deadline_on, start, \"end\") VALUES (?1, '民生', ?2, ?3, ?4, 0, 4)",
            params![session, text, none(deadline), none(on)],
        )
        .expect("a task");
        // Each is a sentence of its report, whose characters are the words of the index.
        db.execute(
            "INSERT INTO passages (session_id, start, \"end\") VALUES (?1, 0, 4)",
            params![session],
        )
        .expect("a sentence");
        let spaced: String = text.chars().flat_map(|c| [c, ' ']).collect();
        db.execute(
            "INSERT INTO passages_fts (rowid, text) VALUES (?1, ?2)",
            params![db.last_insert_rowid(), spaced],
        )
        .expect("a sentence in the index");
    }
    let counts = [
        ("tax_revenue", 5),
        ("fixed_asset_investment", 3),
        ("grain_area", 1),
        ("new_jobs", 1),
    ];
    let counts = counts
        .into_iter()
        .map(|(id, n)| (id.to_owned(), n))
        .collect();
    // Its tables have what the statements choose from, and not what a store has worked out of it.
    let catalog = Catalog::new(vocabulary(), places, vec![2020, 2022, 2023], counts)
        .without_what_is_worked_out();
    World { db, catalog }
}

fn text_of(sentence: &str) -> String {
    sentence.rsplit('|').next().unwrap_or_default().to_owned()
}

impl World {
    pub(crate) fn select(&self, sql: &Sql) -> Vec<Vec<Value>> {
        let mut statement = self
            .db
            .prepare(&sql.text)
            .unwrap_or_else(|error| panic!("{error}\n{}", sql.text));
        let columns = statement.column_count();
        let bound = sql.params.iter().map(|value| match value {
            Value::Null => rusqlite::types::Value::Null,
            Value::Integer(n) => (*n).into(),
            Value::Real(n) => (*n).into(),
            Value::Text(text) => text.clone().into(),
        });
        let mut rows = statement
            .query(params_from_iter(bound))
            .expect("parameters fit");
        let mut found = Vec::new();
        while let Some(row) = rows.next().expect("a row") {
            let values = (0..columns).map(|at| match row.get_ref(at).expect("a column") {
                ValueRef::Integer(n) => Value::Integer(n),
                ValueRef::Real(n) => Value::Real(n),
                ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
                ValueRef::Null | ValueRef::Blob(_) => Value::Null,
            });
            found.push(values.collect());
        }
        found
    }

    pub(crate) fn compile(&self, question: &str) -> Compiled {
        compile(question, &self.catalog).unwrap_or_else(|faults| panic!("{question}: {faults:#?}"))
    }

    pub(crate) fn ask(&self, question: &str) -> Answer {
        let compiled = self.compile(question);
        let rows = self.select(&compiled.sql);
        let reason = compiled.if_empty.as_ref();
        let reason = reason.filter(|_| compiled.has_none(&rows));
        let reason = reason.and_then(|sql| self.select(sql).pop());
        answer(&compiled, rows, reason.as_deref())
    }
}

/// The lines of an answer without its heading.
pub(crate) fn lines(answer: &Answer) -> Vec<String> {
    let text = separated(answer, Lang::En, &Options::default(), Separator::Comma);
    text.lines().skip(1).map(str::to_owned).collect()
}

/// Both wordings have one plan, whose rows begin with these.
pub(crate) fn asked(world: &World, questions: [&str; 2], expected: &[&str]) {
    let [one, other] = questions.map(|question| world.compile(question));
    assert_eq!(one.plan, other.plan, "{questions:?}");
    let found = lines(&world.ask(questions[0]));
    let fits = found.len() == expected.len()
        && found
            .iter()
            .zip(expected)
            .all(|(found, expected)| found.starts_with(expected));
    assert!(fits, "{questions:?}\n{found:#?}\nand not {expected:#?}");
}
