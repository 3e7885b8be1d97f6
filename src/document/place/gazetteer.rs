//! The administrative divisions, loaded once and looked up by name.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::fact::{Place, PlaceKind};

/// How high a division stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Rank {
    Province,
    City,
    County,
    Town,
}

/// An index into the gazetteer.
pub(crate) type Id = u32;

struct Division {
    name: &'static str,
    /// 2, 4, 6 or 9 digits by rank.
    code: u32,
    rank: Rank,
    /// Whether the name is one of the code scheme alone, and no place's: 市辖区.
    placeholder: bool,
    parent: Option<Id>,
}

/// Every division of the country.
pub(crate) struct Gazetteer {
    divisions: Vec<Division>,
    by_name: HashMap<&'static str, Vec<Id>>,
}

static GAZETTEER: LazyLock<Gazetteer> =
    LazyLock::new(|| Gazetteer::parse(include_str!("divisions.txt")));

/// The gazetteer; the first call loads it.
pub(crate) fn gazetteer() -> &'static Gazetteer {
    &GAZETTEER
}

impl Gazetteer {
    /// Reads `divisions.txt`; its README says how a line is built.
    fn parse(text: &'static str) -> Self {
        let mut gazetteer = Self {
            divisions: Vec::with_capacity(45_000),
            by_name: HashMap::with_capacity(36_000),
        };
        let mut above: [Option<Id>; 2] = [None; 2];
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let depth = line.len() - line.trim_start().len();
            let mut cells = line[depth..].split(' ');
            let head = cells.next().unwrap_or_default();
            let (digits, name) = head.split_at(2);
            let parent = depth.checked_sub(1).and_then(|up| above[up]);
            let base = parent.map_or(0, |id| gazetteer.divisions[id as usize].code);
            let rank = [Rank::Province, Rank::City, Rank::County][depth];
            let code = base * 100 + digits.parse::<u32>().unwrap_or(0);
            let id = gazetteer.add(name, code, rank, parent);
            if let Some(slot) = above.get_mut(depth) {
                *slot = Some(id);
            }
            let mut own = 0;
            for town in cells {
                let digits = town.bytes().take_while(u8::is_ascii_digit).count();
                own = town[..digits].parse().unwrap_or(own + 1);
                gazetteer.add(&town[digits..], code * 1000 + own, Rank::Town, Some(id));
            }
        }
        gazetteer
    }

    fn add(&mut self, name: &'static str, code: u32, rank: Rank, parent: Option<Id>) -> Id {
        let id = self.divisions.len() as Id;
        // A city without counties stands once more in a county's place.
        let is_twice = parent.is_some_and(|id| self.divisions[id as usize].name == name);
        let placeholder = is_twice || is_placeholder(name);
        self.divisions.push(Division {
            name,
            code,
            rank,
            placeholder,
            parent,
        });
        if !placeholder {
            self.by_name.entry(name).or_default().push(id);
        }
        id
    }

    /// The divisions of this name.
    pub(crate) fn named(&self, name: &str) -> &[Id] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn name(&self, id: Id) -> &'static str {
        self.divisions[id as usize].name
    }

    pub(crate) fn rank(&self, id: Id) -> Rank {
        self.divisions[id as usize].rank
    }

    /// What it lies in, the next above first. Placeholders of the code scheme are left out.
    pub(crate) fn above(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.divisions[id as usize].parent, |&id| {
            self.divisions[id as usize].parent
        })
        .filter(|&id| !self.divisions[id as usize].placeholder)
    }

    /// Those that lie directly in the same division.
    pub(crate) fn siblings(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let parent = self.divisions[id as usize].parent;
        // Children of one parent stand together in the list.
        let first = parent.map_or(0, |parent| parent + 1);
        (first..self.divisions.len() as Id)
            .take_while(move |&other| {
                self.divisions[other as usize].parent == parent || parent.is_none()
            })
            .filter(move |&other| other != id && self.divisions[other as usize].parent == parent)
    }

    /// What lies directly in a division, and in its placeholders.
    pub(crate) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        (id + 1..self.divisions.len() as Id)
            .take_while(move |&other| self.divisions[other as usize].rank > self.rank(id))
            .filter(move |&other| {
                let parent = self.divisions[other as usize].parent;
                parent == Some(id)
                    || parent.is_some_and(|up| {
                        let up = &self.divisions[up as usize];
                        up.placeholder && up.parent == Some(id)
                    })
            })
    }

    /// All divisions, placeholders too.
    pub(crate) fn ids(&self) -> impl Iterator<Item = Id> + use<> {
        0..self.divisions.len() as Id
    }

    /// All divisions of a rank, placeholders left out.
    pub(crate) fn of_rank(&self, rank: Rank) -> impl Iterator<Item = Id> + '_ {
        (0..self.divisions.len() as Id)
            .filter(move |&id| self.rank(id) == rank && !self.divisions[id as usize].placeholder)
    }

    /// The division as a place.
    pub(crate) fn place(&self, id: Id) -> Place {
        let above = |rank| {
            self.above(id)
                .find(|&id| self.rank(id) == rank)
                .map(|id| self.name(id).to_owned())
        };
        let rank = self.rank(id);
        let name = self.name(id);
        let province = if rank == Rank::Province {
            Some(name.to_owned())
        } else {
            above(Rank::Province)
        };
        let municipality = province.as_deref().filter(|name| is_municipality(name));
        let digits = match rank {
            Rank::Province => 2,
            Rank::City => 4,
            Rank::County => 6,
            Rank::Town => 9,
        };
        Place {
            name: name.to_owned(),
            kind: kind(name, rank),
            code: Some(format!("{:0digits$}", self.divisions[id as usize].code)),
            county: above(Rank::County),
            city: above(Rank::City).or_else(|| municipality.map(str::to_owned)),
            province: province.clone(),
        }
    }
}

/// 北京市, 天津市, 上海市, 重庆市.
pub(crate) fn is_municipality(name: &str) -> bool {
    ["北京市", "天津市", "上海市", "重庆市"].contains(&name)
}

fn is_placeholder(name: &str) -> bool {
    matches!(
        name,
        "市辖区" | "县" | "省直辖县级行政区划" | "自治区直辖县级行政区划"
    ) || name.ends_with("直辖村级区划")
}

/// The kind that a name of this rank tells.
pub(crate) fn kind(name: &str, rank: Rank) -> PlaceKind {
    match rank {
        Rank::Province if is_municipality(name) => PlaceKind::Municipality,
        Rank::Province => PlaceKind::Province,
        Rank::City if name.ends_with('市') => PlaceKind::City,
        Rank::City => PlaceKind::Prefecture,
        Rank::County if name.ends_with('市') => PlaceKind::CountyCity,
        Rank::County if name.ends_with('区') => PlaceKind::District,
        Rank::County => PlaceKind::County,
        Rank::Town if name.ends_with('镇') => PlaceKind::Town,
        Rank::Town if name.ends_with('乡') || name.ends_with("苏木") => PlaceKind::Township,
        Rank::Town if name.ends_with("街道") => PlaceKind::Subdistrict,
        Rank::Town => PlaceKind::Other,
    }
}

/// The name without the word for its rank, as texts use it: 微山 for 微山县. Two characters at least.
pub(crate) fn short(name: &str) -> Option<&str> {
    const PEOPLES: [&str; 30] = [
        "壮族",
        "回族",
        "维吾尔",
        "藏族",
        "彝族",
        "苗族",
        "土家族",
        "蒙古族",
        "蒙古",
        "哈萨克",
        "朝鲜族",
        "侗族",
        "满族",
        "白族",
        "傣族",
        "景颇族",
        "哈尼族",
        "傈僳族",
        "羌族",
        "布依族",
        "黎族",
        "瑶族",
        "仡佬族",
        "畲族",
        "土族",
        "柯尔克孜",
        "水族",
        "仫佬族",
        "佤族",
        "拉祜族",
    ];
    let mut rest = [
        "自治区",
        "自治州",
        "自治县",
        "自治旗",
        "地区",
        "街道",
        "新区",
    ]
    .iter()
    .find_map(|suffix| name.strip_suffix(suffix))
    .or_else(|| name.strip_suffix(['省', '市', '县', '区', '镇', '乡', '旗', '盟']))?;
    while let Some(cut) = PEOPLES.iter().find_map(|people| rest.strip_suffix(people)) {
        if cut.chars().count() < 2 {
            break;
        }
        rest = cut;
    }
    (rest.chars().count() >= 2).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_parents() {
        let all = gazetteer();
        let ids = all.named("北仓镇");
        assert_eq!(ids.len(), 1);
        let place = all.place(ids[0]);
        assert_eq!(place.code.as_deref(), Some("120113101"));
        assert_eq!(place.county.as_deref(), Some("北辰区"));
        assert_eq!(place.city.as_deref(), Some("天津市"));
        assert_eq!(place.province.as_deref(), Some("天津市"));
        assert_eq!(all.named("市辖区").len(), 0);
        assert_eq!(all.of_rank(Rank::Province).count(), 31);
        assert!(all.siblings(ids[0]).any(|id| all.name(id) == "双街镇"));
        assert!(all.siblings(ids[0]).all(|id| all.rank(id) == Rank::Town));
    }

    #[test]
    fn ranks() {
        let all = gazetteer();
        let kind_of = |name: &str| all.place(all.named(name)[0]).kind;
        assert_eq!(kind_of("厦门市"), PlaceKind::City);
        assert_eq!(kind_of("天津市"), PlaceKind::Municipality);
        assert_eq!(kind_of("昌吉回族自治州"), PlaceKind::Prefecture);
        assert_eq!(kind_of("高阳县"), PlaceKind::County);
        assert_eq!(kind_of("清苑区"), PlaceKind::District);
        let place = all.place(all.named("厦门市")[0]);
        assert_eq!((place.county, place.city), (None, None));
        assert_eq!(place.province.as_deref(), Some("福建省"));
        // Without counties.
        assert_eq!(all.named("东莞市").len(), 1);
        assert_eq!(kind_of("东莞市"), PlaceKind::City);
        let town = all.place(all.named("虎门镇")[0]);
        assert_eq!(
            (town.county.as_deref(), town.city.as_deref()),
            (None, Some("东莞市"))
        );
    }

    #[test]
    fn short_names() {
        for (name, want) in [
            ("微山县", Some("微山")),
            ("内蒙古自治区", Some("内蒙古")),
            ("广西壮族自治区", Some("广西")),
            ("新疆维吾尔自治区", Some("新疆")),
            ("昌吉回族自治州", Some("昌吉")),
            ("浦东新区", Some("浦东")),
            ("郊区", None),
            ("金安区", Some("金安")),
        ] {
            assert_eq!(short(name), want, "{name}");
        }
    }
}
