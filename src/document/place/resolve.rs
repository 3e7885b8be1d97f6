//! A name → the one place that is meant, by what else the text names.

use std::collections::HashMap;

use memchr::memmem;

use crate::fact::Place;

use super::gazetteer::{Gazetteer, Id, Rank, gazetteer, is_municipality, kind, short};
use super::name::Named;

/// How often a name counts at most, so that one much-named place does not drown all other signs.
const MOST: usize = 5;

/// The place, and the rivals that nothing in the text rules out (each as 省市县 with its code).
pub(super) fn resolve(named: &Named, text: &str) -> (Place, Vec<String>) {
    let all = gazetteer();
    let ids = all.named(&named.name);
    let mut counts = Counts::new(text);
    // The masthead is believed before everything.
    let fitting: Vec<Id> = ids
        .iter()
        .copied()
        .filter(|&id| fits(all, id, &named.prefix))
        .collect();
    match fitting.as_slice() {
        [] => (unlisted(all, named), Vec::new()),
        [only] => (all.place(*only), Vec::new()),
        several => {
            let mut scored: Vec<(usize, Id)> = several
                .iter()
                .map(|&id| (score(all, id, &mut counts), id))
                .collect();
            scored.sort_unstable_by(|a, b| b.cmp(a));
            let (best, id) = scored[0];
            let second = scored[1].0;
            if best >= 2 && best * 2 >= second * 3 && best > second {
                return (all.place(id), Vec::new());
            }
            let rivals = scored
                .iter()
                .take_while(|(score, _)| *score * 3 >= best * 2)
                .take(6)
                .map(|&(_, id)| describe(all, id))
                .collect();
            let mut place = all.place(id);
            place.code = None;
            // What all rivals share is certain.
            let shared = |field: fn(&Place) -> &Option<String>| {
                let first = field(&all.place(several[0])).clone();
                several
                    .iter()
                    .all(|&id| *field(&all.place(id)) == first)
                    .then_some(first)
                    .flatten()
            };
            place.county = shared(|p| &p.county);
            place.city = shared(|p| &p.city);
            place.province = shared(|p| &p.province);
            (place, rivals)
        }
    }
}

/// Whether a division lies in all that the masthead names before it.
fn fits(all: &Gazetteer, id: Id, prefix: &[String]) -> bool {
    prefix.iter().all(|name| {
        all.above(id).any(|up| all.name(up) == name)
            // A name that is no division above any place of this name says nothing: 中共, 市.
            || all.named(name).iter().all(|&other| all.rank(other) >= all.rank(id))
    })
}

/// A place that the list does not have (merged, renamed, founded since): what the masthead says of it.
fn unlisted(all: &Gazetteer, named: &Named) -> Place {
    let rank = match named.name.chars().next_back() {
        Some('镇' | '乡' | '道') => Rank::Town,
        Some('市') if named.prefix.is_empty() => Rank::City,
        Some('省') => Rank::Province,
        Some('州' | '盟') => Rank::City,
        _ => Rank::County,
    };
    let mut place = Place {
        name: named.name.clone(),
        kind: kind(&named.name, rank),
        code: None,
        county: None,
        city: None,
        province: None,
    };
    // The lowest division that the masthead names tells those above it.
    let lowest = named
        .prefix
        .iter()
        .rev()
        .find_map(|name| match all.named(name) {
            [only] => Some(*only),
            _ => None,
        });
    // A county that the list does not have either is what the masthead calls it.
    if rank == Rank::Town
        && let Some(county) = named
            .prefix
            .last()
            .filter(|name| all.named(name).is_empty())
    {
        place.county = Some(county.clone());
    }
    if let Some(id) = lowest {
        for up in std::iter::once(id).chain(all.above(id)) {
            let name = Some(all.name(up).to_owned());
            match all.rank(up) {
                Rank::County if rank > Rank::County => place.county = name,
                Rank::City if rank > Rank::City => place.city = name,
                Rank::Province => place.province = name,
                _ => {}
            }
        }
        if let (None, Some(province)) = (&place.city, &place.province)
            && is_municipality(province)
        {
            place.city = Some(province.clone());
        }
    }
    place
}

/// How strongly the text speaks for a division: what it lies in, and its neighbours.
fn score(all: &Gazetteer, id: Id, counts: &mut Counts) -> usize {
    let mut score = 0;
    for up in all.above(id) {
        let (full, brief) = match all.rank(up) {
            Rank::County => (6, 3),
            Rank::City => (4, 2),
            _ => (2, 1),
        };
        let name = all.name(up);
        let in_full = counts.of(name);
        score += in_full.min(MOST) * full;
        if let Some(short) = short(name) {
            score += counts.of(short).saturating_sub(in_full).min(MOST) * brief;
        }
    }
    let neighbours = all
        .siblings(id)
        .filter(|&id| all.name(id).chars().count() >= 3)
        .filter(|&id| counts.of(all.name(id)) > 0)
        .count();
    score + neighbours.min(MOST) * 2
}

fn describe(all: &Gazetteer, id: Id) -> String {
    let place = all.place(id);
    let mut above: Vec<String> = [place.province, place.city, place.county]
        .into_iter()
        .flatten()
        .collect();
    above.dedup();
    format!("{} ({})", above.concat(), place.code.unwrap_or_default())
}

/// How often the text has a name, counted once for each.
struct Counts<'a> {
    text: &'a str,
    known: HashMap<&'static str, usize>,
}

impl<'a> Counts<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            known: HashMap::new(),
        }
    }

    fn of(&mut self, name: &'static str) -> usize {
        let text = self.text;
        *self
            .known
            .entry(name)
            .or_insert_with(|| memmem::find_iter(text.as_bytes(), name).count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str, prefix: &[&str], text: &str) -> (Place, Vec<String>) {
        let named = Named {
            name: name.to_owned(),
            prefix: prefix.iter().map(|&p| p.to_owned()).collect(),
        };
        resolve(&named, text)
    }

    #[test]
    fn a_name_that_is_given_once() {
        let (place, rivals) = place("北仓镇", &[], "");
        assert_eq!(place.code.as_deref(), Some("120113101"));
        assert!(rivals.is_empty());
    }

    #[test]
    fn counties_that_the_text_names_settle_it() {
        let (found, rivals) = place("双港镇", &[], "津南区迎战疫情，天津市要求，津南好。");
        assert_eq!(found.county.as_deref(), Some("津南区"));
        assert!(rivals.is_empty());
        let (found, _) = place("留庄镇", &[], "按照“四个微山”的要求，济宁市建设港口。");
        assert_eq!(found.county.as_deref(), Some("微山县"));
        let (found, _) = place("城关镇", &["甘肃省", "兰州市", "榆中县"], "");
        assert_eq!(found.county.as_deref(), Some("榆中县"));
    }

    #[test]
    fn where_nothing_settles_it_there_are_rivals() {
        let (found, rivals) = place("双港镇", &[], "一年来成绩显著。");
        assert_eq!((found.code, found.province), (None, None));
        assert!(
            rivals.len() >= 2 && rivals.iter().any(|r| r.contains("津南区")),
            "{rivals:?}"
        );
    }

    #[test]
    fn places_that_the_list_does_not_have() {
        let (found, rivals) = place("新石桥镇", &["天津市", "西青区"], "");
        assert_eq!(found.county.as_deref(), Some("西青区"));
        assert_eq!(found.city.as_deref(), Some("天津市"));
        assert_eq!((found.code, rivals.len()), (None, 0));
    }
}
