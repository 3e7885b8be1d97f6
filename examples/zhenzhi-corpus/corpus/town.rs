use std::collections::HashSet;

use super::random::Random;

/// Where a town lies. The names are those of real divisions; whatever the reports say of them is made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Town {
    pub(crate) province: &'static str,
    /// Empty below a municipality.
    pub(crate) city: &'static str,
    pub(crate) county: &'static str,
    pub(crate) name: &'static str,
}

impl Town {
    /// The towns and townships of the country, in an order that the seed gives.
    pub(crate) fn shuffled(seed: u64) -> Vec<Self> {
        let mut towns = Self::all();
        Random::new(seed, u64::MAX).shuffle(&mut towns);
        towns
    }

    /// The towns of `divisions.txt`; the notes beside that file say how a line is read.
    fn all() -> Vec<Self> {
        let (mut province, mut city) = ("", "");
        let mut towns = Vec::new();
        let mut seen = HashSet::new();
        for line in include_str!("../../../src/document/place/divisions.txt").lines() {
            let name = |line: &'static str| line.trim_start_matches(|c: char| c.is_ascii_digit());
            if let Some(below) = line.strip_prefix("  ") {
                let mut names = below.split(' ').map(name);
                let county = names.next().unwrap_or_default();
                for name in names.filter(|name| name.ends_with(['镇', '乡'])) {
                    let town = Self {
                        province,
                        city,
                        county,
                        name,
                    };
                    if name.chars().count() > 2 && seen.insert(town) {
                        towns.push(town);
                    }
                }
            } else if let Some(below) = line.strip_prefix(' ') {
                city = match name(below) {
                    "市辖区" | "县" => "",
                    placeholder if placeholder.contains("直辖县级") => "",
                    city => city,
                };
            } else if !line.starts_with('#') {
                province = name(line);
            }
        }
        towns
    }

    /// 浙江省湖州市德清县云塘镇.
    pub(crate) fn full_name(&self) -> String {
        [self.province, self.city, self.county, self.name].concat()
    }

    /// 云塘: how a report calls its own town.
    pub(crate) fn short(&self) -> &'static str {
        self.name.trim_end_matches(['镇', '乡'])
    }
}
