//! Figures of the whole place that are said by its name: 天津港货物吞吐量 in Tianjin's own report.

use super::figure::Reader;
use super::indicator::indicator;
use super::lexicon::{Role, word_after};
use super::subject::strip_lead;
use crate::document::place::short;

impl Reader<'_> {
    /// What bears the place's name, as its port does, is the whole place's. A port that two cities name together is
    /// neither's own.
    pub(super) fn name_by_the_place(&mut self, place: &str) {
        for figure in &mut self.found {
            if figure.indicator.is_some() || figure.rule == "rank alone" {
                continue;
            }
            let unit = figure.quantity.as_ref().map(|quantity| quantity.unit.base);
            let known = of_the_place(&figure.label, place).and_then(|own| {
                indicator(own, unit).or_else(|| indicator(&of_its_ports(own)?, unit))
            });
            figure.indicator = known.map(|known| known.id.as_str());
        }
    }
}

/// A subject behind the report's own place, by its whole or its short name. 长沙县 is not 长沙, and 天津海关 has a district
/// of its own.
fn of_the_place<'t>(subject: &'t str, place: &str) -> Option<&'t str> {
    let mut rest = subject;
    while let Some(verb) = word_after(rest, Role::VerbIn) {
        rest = strip_lead(&rest[verb.len()..]);
    }
    let own = rest
        .strip_prefix(place)
        .or_else(|| rest.strip_prefix(short(place)?))?;
    word_after(own, Role::NameOfAnother)
        .is_none()
        .then_some(own)
}

/// 港货物吞吐量, 港区集装箱吞吐量 behind the place's name: of its ports.
fn of_its_ports(own: &str) -> Option<String> {
    let rest = own
        .strip_prefix("港区")
        .or_else(|| own.strip_prefix('港'))?;
    Some(format!("港口{rest}"))
}
