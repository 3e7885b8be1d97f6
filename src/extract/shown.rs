//! What of a subject a label shows: scopes, the verb of a list, what was carried over.

use super::figure::{Reader, Subject};
use super::indicator::from_name;
use super::lexicon::{Role, word_after, word_before, words};
use super::nominal::opens_with_verb;
use super::own::Own;
use crate::fact::Indicator;

impl Reader<'_> {
    /// The subject as the label shows it.
    pub(super) fn shown(
        &self,
        own: &Own<'_>,
        owner: Option<&Subject>,
        named: Option<&'static Indicator>,
        whole: &str,
    ) -> String {
        let mut shown = named
            .map_or(whole, |named| from_name(whole, named))
            .to_owned();
        // 无一人伤亡 counts the hurt: none.
        if !own.after.is_empty() && matches!(shown.as_str(), "无" | "没有") {
            shown.clear();
        }
        let handed_on = |verb: &Subject| {
            [Role::New, Role::CarriedVerb]
                .iter()
                .any(|&role| words(role).contains(&verb.before.as_str()))
        };
        let part = own.is_part();
        if named.is_some()
            && !words(Role::Total).contains(&own.before)
            && word_after(own.before, Role::CarriedVerb).is_none()
            && (own.listed || part)
            && let Some(verb) = self
                .list_verb(own.before, &own.after)
                .filter(|verb| handed_on(verb) && !shown.starts_with(&verb.before))
                // 城镇新增就业5万人、转移就业3万人: the verb inside the first member is not the list's.
                .filter(|verb| {
                    let first = self.found.last().map_or("", |last| last.shared.as_str());
                    first.starts_with(&verb.before)
                })
        {
            shown.insert_str(0, &verb.before);
        }
        if owner.is_none() {
            if let Some(carried) = self.carried(own, named) {
                shown.insert_str(0, &carried);
            } else if !own.before.is_empty() && shown.starts_with(own.before) {
                let scope = scope_before(&self.text[own.range.start.min(own.start)..own.start]);
                // 全年接种 says no more than 接种; 全年贷款余额 does.
                let flow = scope == "全年"
                    && opens_with_verb(own.before)
                    && word_after(own.before, Role::New).is_none();
                shown.insert_str(0, if flow { "" } else { scope });
            }
        }
        shown
    }
}

/// 全县, 各类 right before a subject: part of what a reader is told, though not of what is measured.
fn scope_before(lead: &str) -> &'static str {
    word_before(lead, Role::ScopeShown).unwrap_or("")
}
