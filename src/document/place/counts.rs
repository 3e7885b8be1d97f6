//! How often a text names each division, counted in one pass over the text.

use std::sync::LazyLock;

use super::super::dictionary::Dictionary;
use super::gazetteer::{Id, Rank, gazetteer, short};

/// How often a text names the divisions of county rank and above, or the towns.
pub(super) struct NameCounts {
    names: &'static Names,
    /// By name.
    counts: Vec<u32>,
}

/// The names to search for.
struct Names {
    all: Dictionary,
    /// By division, the full name and the short one where it counts, as places in `all`.
    of: Vec<Option<(usize, Option<usize>)>>,
}

impl NameCounts {
    /// Counts the towns for [`Rank::Town`], and for the other ranks all divisions but the towns.
    ///
    /// Short names of towns are everyday words, and do not count.
    pub(super) fn new(rank: Rank, text: &str) -> Self {
        static TOWNS: LazyLock<Names> = LazyLock::new(|| Names::of(true));
        static ABOVE: LazyLock<Names> = LazyLock::new(|| Names::of(false));
        let names: &'static Names = if rank == Rank::Town { &TOWNS } else { &ABOVE };
        let mut counts = vec![0; names.all.len()];
        // One name may lie in another and both count, but no two places of the same name overlap.
        let mut ends = vec![0; counts.len()];
        for (start, _) in text.char_indices() {
            for at in names.all.openings(&text[start..]) {
                if start >= ends[at] {
                    counts[at] += 1;
                    ends[at] = start + names.all.name(at).len();
                }
            }
        }
        Self { names, counts }
    }

    /// How often the text has the division's name, in full or in short.
    pub(super) fn of(&self, id: Id) -> usize {
        self.names.of[id as usize].map_or(0, |(full, short)| {
            let short = short.map_or(0, |at| self.counts[at]);
            self.counts[full].max(short) as usize
        })
    }
}

impl Names {
    fn of(are_towns: bool) -> Self {
        let divisions = gazetteer();
        let counted = |id| (divisions.rank(id) == Rank::Town) == are_towns;
        let brief = |name| short(name).filter(|_| !are_towns);
        let names = divisions.ids().filter(|&id| counted(id)).flat_map(|id| {
            let name = divisions.name(id);
            std::iter::once(name).chain(brief(name))
        });
        let all = Dictionary::new(names);
        let places = |id| {
            let name = divisions.name(id);
            let short = brief(name).and_then(|short| all.place(short));
            Some((all.place(name)?, short))
        };
        let of = divisions
            .ids()
            .map(|id| counted(id).then(|| places(id)).flatten())
            .collect();
        Self { all, of }
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
