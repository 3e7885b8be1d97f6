//! What a script is given when it is run: parameters with types, and their values checked against the store.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::asker::{Asked, Asker, Refusal};
use super::fault::Fault;
use super::head::kinds;
use crate::query::{Lang, Parameters};

/// A parameter as the head declares it: `town: place = 杨柳青镇   # which town`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// ASCII letters, digits and `_`.
    pub name: String,
    /// What its values are.
    pub kind: Kind,
    /// Its value where none is given, as it would be given.
    pub default: Option<String>,
    /// What is said of it behind ` #`.
    pub about: String,
}

/// The types of parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A place that questions to the store can name.
    Place,
    /// Several places: names joined by 、 or commas, `all`, or a question whose rows are places.
    Places,
    /// A year: 2023, `latest`, `latest of PLACE` with another parameter.
    Year,
    /// Several years: 2019, 2021; 2004-2024; `all`, `all of PLACES`.
    Years,
    /// A number with its unit: 30%, 3亿元.
    Quantity,
    /// The name of an indicator.
    Figure,
    /// Several of them.
    Figures,
    /// Words.
    Text,
    /// A plain number.
    Number,
    /// Yes or no.
    Flag,
}

impl Kind {
    /// Each with its names in English and Chinese.
    pub(super) const ALL: [(Self, &'static str, &'static str); 10] = [
        (Self::Place, "place", "地方"),
        (Self::Places, "places", "多个地方"),
        (Self::Year, "year", "年份"),
        (Self::Years, "years", "多个年份"),
        (Self::Quantity, "quantity", "数量"),
        (Self::Figure, "figure", "指标"),
        (Self::Figures, "figures", "多个指标"),
        (Self::Text, "text", "文字"),
        (Self::Number, "number", "数"),
        (Self::Flag, "flag", "是否"),
    ];

    /// Its name in a language.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        let (_, en, zh) = Self::ALL
            .into_iter()
            .find(|(kind, ..)| *kind == self)
            .unwrap_or(Self::ALL[0]);
        match lang {
            Lang::En => en,
            Lang::Zh => zh,
        }
    }
}

/// A value that was checked.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Given {
    /// A place, a quantity, an indicator, as it stands in questions.
    Word(String),
    Words(Vec<String>),
    Year(i64),
    Years(Vec<i64>),
    Text(String),
    Number(f64),
    Flag(bool),
}

impl Given {
    /// As it stands at the end of the page.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Word(word) | Self::Text(word) => word.clone(),
            Self::Words(words) => words.join("、"),
            Self::Year(year) => year.to_string(),
            Self::Years(years) => span_of_years(years),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
        }
    }
}

/// 2004–2024, or 2019, 2021.
fn span_of_years(years: &[i64]) -> String {
    match years {
        [first, .., last] if last - first + 1 == years.len() as i64 => format!("{first}–{last}"),
        _ => {
            let years: Vec<String> = years.iter().map(i64::to_string).collect();
            years.join(", ")
        }
    }
}

impl Parameter {
    /// From a line of the head: `place = 杨柳青镇` behind the colon.
    pub(super) fn declared(name: &str, said: &str, about: &str) -> Result<Self, Fault> {
        let fault = |en: String, zh: String| Err(Fault::new("R0102", en, zh));
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !is_name {
            return fault(
                format!("“{name}” is no name of a parameter: ASCII letters, digits and _ make one"),
                format!("“{name}”不能作参数名：参数名由ASCII字母、数字和下划线组成"),
            );
        }
        let (kind, default) = match said.split_once('=') {
            Some((kind, default)) => (kind.trim(), Some(default.trim().to_owned())),
            None => (said, None),
        };
        let Some((kind, ..)) = Kind::ALL
            .iter()
            .find(|(_, en, zh)| kind == *en || kind == *zh)
        else {
            return fault(
                format!("“{kind}” is no type; there are {}", kinds(Lang::En)),
                format!("没有“{kind}”这个类型；有{}", kinds(Lang::Zh)),
            );
        };
        Ok(Self {
            name: name.to_owned(),
            kind: *kind,
            default,
            about: about.to_owned(),
        })
    }
}

/// The values of all parameters, in their order.
pub(super) fn resolve(
    parameters: &[Parameter],
    given: &Parameters,
    names: &[String],
    asker: &mut Asker,
) -> Result<Vec<(String, Given)>, Fault> {
    if let Some(name) = names
        .iter()
        .find(|name| !parameters.iter().any(|parameter| parameter.name == **name))
    {
        let has: Vec<&str> = parameters
            .iter()
            .map(|parameter| parameter.name.as_str())
            .collect();
        return Err(Fault::new(
            "R0105",
            format!(
                "the script has no parameter {name}; it has {}",
                or_none(&has, ", ", "none")
            ),
            format!("脚本没有参数{name}；有{}", or_none(&has, "、", "零个参数")),
        ));
    }
    let mut found: Vec<(String, Given)> = Vec::new();
    for parameter in parameters {
        let said = given
            .get(&parameter.name)
            .or(parameter.default.as_deref())
            .ok_or_else(|| missing(parameter, asker))?;
        let value = value(parameter, said.trim(), &found, asker)
            .map_err(|fault| about(parameter, said, fault))?;
        found.push((parameter.name.clone(), value));
    }
    Ok(found)
}

/// A fault of a value names the parameter, by which its place in the head is found.
fn about(parameter: &Parameter, said: &str, mut fault: Fault) -> Fault {
    let start = format!("{}={said}", parameter.name);
    let diagnostic = &mut fault.diagnostic;
    if !diagnostic.message_en.starts_with(&start) {
        diagnostic.message_en = format!("{start}: {}", diagnostic.message_en);
        diagnostic.message_zh = format!("{start}：{}", diagnostic.message_zh);
    }
    fault
}

fn or_none(names: &[&str], joint: &str, none: &str) -> String {
    if names.is_empty() {
        none.to_owned()
    } else {
        names.join(joint)
    }
}

fn missing(parameter: &Parameter, asker: &Asker) -> Fault {
    let Parameter { name, kind, .. } = parameter;
    let (mut en, mut zh) = (
        format!(
            "{name} ({}) has no value; give it one: --set {name}=…",
            kind.name(Lang::En)
        ),
        format!(
            "参数{name}（{}）没有值，请给出：--set {name}=……",
            kind.name(Lang::Zh)
        ),
    );
    if matches!(kind, Kind::Place | Kind::Places) {
        let places = asker.place_names();
        let few: Vec<&str> = places.iter().take(8).map(String::as_str).collect();
        let _ = write!(en, "; the store has {}", few.join(", "));
        let _ = write!(zh, "；库中有{}", few.join("、"));
    }
    Fault::new("R0103", en, zh)
}

fn value(
    parameter: &Parameter,
    said: &str,
    before: &[(String, Given)],
    asker: &mut Asker,
) -> Result<Given, Fault> {
    let no = |en: String, zh: String| {
        let Parameter { name, kind, .. } = parameter;
        Fault::new(
            "R0104",
            format!("{name}={said}: {en} ({})", kind.name(Lang::En)),
            format!("{name}={said}：{zh}（{}）", kind.name(Lang::Zh)),
        )
    };
    let refused = |refusal: Refusal, question: String| refusal.fault("R0104", &question);
    Ok(match parameter.kind {
        Kind::Place => {
            match named("reports of", said, asker) {
                Ok(answered) => Given::Word(own_name(&answered, said)),
                // A county may have no report of its own, and towns that have.
                Err(refused) => {
                    named("places in", said, asker).map_err(|_| refused)?;
                    Given::Word(said.to_owned())
                }
            }
        }
        Kind::Places => Given::Words(
            places(said, asker).map_err(|(refusal, question)| refused(refusal, question))?,
        ),
        Kind::Year => {
            let years = years(said, before, asker).ok_or_else(|| {
                no(
                    "a year is 2023, latest, or latest of a parameter".to_owned(),
                    "年份可写2023、latest或latest of参数名".to_owned(),
                )
            })?;
            let year = years
                .last()
                .ok_or_else(|| no("there is no report".to_owned(), "没有报告".to_owned()))?;
            Given::Year(*year)
        }
        Kind::Years => {
            let years = years(said, before, asker).ok_or_else(|| {
                no(
                    "years are 2019, 2021; 2004-2024; all, or all of a parameter".to_owned(),
                    "多个年份可写2019、2021；2004-2024；all或all of参数名".to_owned(),
                )
            })?;
            Given::Years(years)
        }
        Kind::Quantity => {
            if crate::query::quantity(said).is_none() {
                return Err(no(
                    "this is no number with a unit".to_owned(),
                    "不是带单位的数量".to_owned(),
                ));
            }
            Given::Word(said.to_owned())
        }
        Kind::Figure => Given::Word(figure(said, asker)?),
        Kind::Figures => {
            let figures = parts(said).map(|part| figure(part, asker));
            Given::Words(figures.collect::<Result<_, _>>()?)
        }
        Kind::Text => Given::Text(said.to_owned()),
        Kind::Number => Given::Number(
            said.parse()
                .ok()
                .filter(|number: &f64| number.is_finite())
                .ok_or_else(|| no("this is no number".to_owned(), "不是数".to_owned()))?,
        ),
        Kind::Flag => match said {
            "yes" | "true" | "是" => Given::Flag(true),
            "no" | "false" | "否" => Given::Flag(false),
            _ => return Err(no("write yes or no".to_owned(), "请写是或否".to_owned())),
        },
    })
}

/// The name of the one place that was named, as the store has it: 宁波市 for 宁波 and for Ningbo. What was said where it
/// is an area with several.
fn own_name(asked: &Asked, said: &str) -> String {
    let mut names: Vec<&str> = asked
        .answer
        .rows
        .iter()
        .filter_map(|row| row.cells.first()?.value.text())
        .collect();
    names.dedup();
    match names[..] {
        [only] => only.to_owned(),
        _ => said.to_owned(),
    }
}

fn parts(said: &str) -> impl Iterator<Item = &str> {
    said.split(['、', ',', '，', ';', '；'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

fn figure(said: &str, asker: &mut Asker) -> Result<String, Fault> {
    named("places, show", said, asker)?;
    Ok(said.to_owned())
}

/// The answer to a question that ends with a name, which must be one and nothing more.
fn named(before: &str, said: &str, asker: &mut Asker) -> Result<Arc<Asked>, Fault> {
    let values: Parameters = [("name", said)].into_iter().collect();
    let refusal = match asker.ask(&format!("{before} $name"), &values) {
        Ok(answered) => return Ok(answered),
        Err(refusal) => refusal,
    };
    // As a part of the question a mistyped name gets names that are like it.
    let question = format!("{before} {said}");
    let refusal = asker
        .ask(&question, &Parameters::new())
        .err()
        .unwrap_or(refusal);
    Err(refusal.fault("R0104", &question))
}

/// Names, or the places that a question has as its rows.
fn places(said: &str, asker: &mut Asker) -> Result<Vec<String>, (Refusal, String)> {
    if matches!(said, "all" | "全部" | "所有") {
        return Ok(asker.place_names());
    }
    let mut names = Vec::new();
    for part in parts(said) {
        let Ok(of_part) = named("reports of", part, asker) else {
            // No name: the whole of it may be a question.
            let of_all = asker
                .ask(said, &Parameters::new())
                .map_err(|refusal| (refusal, said.to_owned()))?;
            let mut names: Vec<String> = Vec::new();
            for row in &of_all.answer.rows {
                let name = row.cells.first().and_then(|cell| cell.value.text());
                names.extend(name.map(str::to_owned).filter(|name| !names.contains(name)));
            }
            return Ok(names);
        };
        names.push(own_name(&of_part, part));
    }
    Ok(names)
}

/// Years in ascending order; `None` where this says none.
fn years(said: &str, before: &[(String, Given)], asker: &mut Asker) -> Option<Vec<i64>> {
    let (word, of) = said
        .split_once(" of ")
        .map_or((said, None), |(word, of)| (word, Some(of.trim())));
    if matches!(word.trim(), "latest" | "all" | "最近" | "全部") {
        let mut years = match of {
            None => asker.years(),
            Some(name) => match &before.iter().find(|(known, _)| known == name)?.1 {
                Given::Word(place) => asker.years_of(std::slice::from_ref(place)),
                Given::Words(places) => asker.years_of(places),
                _ => return None,
            },
        };
        years.sort_unstable();
        years.dedup();
        return Some(years);
    }
    let year = |text: &str| {
        let text = text.trim().trim_end_matches('年');
        text.parse::<i64>()
            .ok()
            .filter(|year| (1900..2200).contains(year))
    };
    let ends: Vec<&str> = said.split(['-', '–', '—', '～', '~', '到', '至']).collect();
    if let [first, last] = ends[..] {
        let (first, last) = (year(first)?, year(last)?);
        return (first <= last).then(|| (first..=last).collect());
    }
    let mut years: Vec<i64> = parts(said).map(year).collect::<Option<_>>()?;
    years.sort_unstable();
    years.dedup();
    (!years.is_empty()).then_some(years)
}

/// The values as templates see them.
pub(super) fn context(values: &[(String, Given)]) -> BTreeMap<String, minijinja::Value> {
    let value = |given: &Given| match given {
        Given::Word(word) | Given::Text(word) => word.as_str().into(),
        Given::Words(words) => words.clone().into(),
        Given::Year(year) => (*year).into(),
        Given::Years(years) => years.clone().into(),
        Given::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
            (*number as i64).into()
        }
        Given::Number(number) => (*number).into(),
        Given::Flag(flag) => (*flag).into(),
    };
    values
        .iter()
        .map(|(name, given)| (name.clone(), value(given)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_years_is_said_by_its_ends() {
        assert_eq!(span_of_years(&[2004, 2005, 2006]), "2004–2006");
        assert_eq!(span_of_years(&[2004, 2006]), "2004, 2006");
        assert_eq!(span_of_years(&[2004]), "2004");
    }
}
