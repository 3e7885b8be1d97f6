//! How often a text names each division, counted in one pass over the text.

use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::gazetteer::{Id, Rank, gazetteer, short};

/// How often a text names the divisions of county rank and above, or the towns.
pub(super) struct NameCounts {
    names: &'static Names,
    /// By name.
    counts: Vec<u32>,
}

/// The names to search for.
struct Names {
    search: AhoCorasick,
    /// The full name of a division, and the short one where it counts, as places in `counts`.
    of: HashMap<Id, (usize, Option<usize>)>,
}

impl NameCounts {
    /// Counts the towns for [`Rank::Town`], and for the other ranks all divisions but the towns.
    ///
    /// Short names of towns are everyday words, and do not count.
    pub(super) fn new(rank: Rank, text: &str) -> Self {
        static TOWNS: LazyLock<Names> = LazyLock::new(|| Names::of(true));
        static ABOVE: LazyLock<Names> = LazyLock::new(|| Names::of(false));
        let names: &'static Names = if rank == Rank::Town { &TOWNS } else { &ABOVE };
        let mut counts = vec![0; names.search.patterns_len()];
        // One name may lie in another and both count, but no two places of the same name overlap.
        let mut ends = vec![0; counts.len()];
        for found in names.search.find_overlapping_iter(text) {
            let at = found.pattern().as_usize();
            if found.start() >= ends[at] {
                counts[at] += 1;
                ends[at] = found.end();
            }
        }
        Self { names, counts }
    }

    /// How often the text has the division's name, in full or in short.
    pub(super) fn of(&self, id: Id) -> usize {
        self.names.of.get(&id).map_or(0, |(full, short)| {
            let short = short.map_or(0, |at| self.counts[at]);
            self.counts[*full].max(short) as usize
        })
    }
}

impl Names {
    fn of(are_towns: bool) -> Self {
        let all = gazetteer();
        let mut patterns: Vec<&str> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut place = |name| {
            *places.entry(name).or_insert_with(|| {
                patterns.push(name);
                patterns.len() - 1
            })
        };
        let of = all
            .ids()
            .filter(|&id| (all.rank(id) == Rank::Town) == are_towns)
            .map(|id| {
                let name = all.name(id);
                let short = short(name).filter(|_| !are_towns);
                (id, (place(name), short.map(&mut place)))
            })
            .collect();
        Self {
            search: AhoCorasick::new(patterns).expect("the names make an automaton"),
            of,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_as_a_search_for_each_name_does() {
        let all = gazetteer();
        let text = "浙江省杭州市西湖区，浙江浙江，杭州、江北区，杨柳青镇杨柳青镇";
        for (rank, names) in [
            (Rank::Province, ["浙江省", "天津市", "北京市"]),
            (Rank::City, ["杭州市", "宁波市", "嘉兴市"]),
            (Rank::Town, ["杨柳青镇", "北仓镇", "双港镇"]),
        ] {
            let counts = NameCounts::new(rank, text);
            for name in names {
                let brief = short(name).filter(|_| rank != Rank::Town);
                let brief = brief.map_or(0, |name| text.matches(name).count());
                let want = text.matches(name).count().max(brief);
                assert_eq!(counts.of(all.named(name)[0]), want, "{name}");
            }
        }
    }
}
