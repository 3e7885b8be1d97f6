use super::random::Random;

/// An indicator that the reports give, and how its number runs.
#[derive(Debug)]
pub(crate) struct Indicator {
    pub(crate) id: &'static str,
    first: (f64, f64),
    growth: f64,
    spread: f64,
    unit: &'static str,
    scale: i64,
    decimals: u32,
}

/// An amount in the last decimal that a report writes: 322 is 3.22亿元 where two decimals are written.
pub(crate) type Steps = i64;

impl Indicator {
    /// The lines of `indicators.tsv`.
    pub(crate) fn all() -> Vec<Self> {
        include_str!("indicators.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| {
                let cells: Vec<&'static str> = line.split('\t').collect();
                let number = |at: usize| cells[at].parse::<f64>().expect("a number");
                Self {
                    id: cells[0],
                    first: (number(1), number(2)),
                    growth: number(3),
                    spread: number(4),
                    unit: cells[5],
                    scale: number(6) as i64,
                    decimals: number(7) as u32,
                }
            })
            .collect()
    }

    /// The number of the first year: small ones are more frequent than large ones.
    pub(crate) fn begin(&self, random: &mut Random) -> Steps {
        let (low, high) = self.first;
        let amount = low * (high / low).powf(random.share());
        ((amount * self.ten()).round() as Steps).max(1)
    }

    /// The number of the year after.
    pub(crate) fn go_on(&self, before: Steps, random: &mut Random) -> Steps {
        let growth = self.growth + self.spread * random.around_zero();
        let after = (before as f64 * (1.0 + growth / 100.0)).round() as Steps;
        let most = if self.unit == "%" { 985 } else { Steps::MAX };
        after.clamp(1, most)
    }

    /// As a report writes it: 3.22亿元, 8500万元, 41人.
    pub(crate) fn write(&self, amount: Steps) -> String {
        if self.unit == "亿元" && amount < 100 {
            return format!("{}万元", amount * 100);
        }
        let number = format!("{:.*}", self.decimals as usize, amount as f64 / self.ten());
        let number = match number.split_once('.') {
            Some(_) => number.trim_end_matches('0').trim_end_matches('.'),
            None => &number,
        };
        format!("{number}{}", self.unit)
    }

    /// In the base unit.
    pub(crate) fn value(&self, amount: Steps) -> f64 {
        (amount * self.scale) as f64 / self.ten()
    }

    fn ten(&self) -> f64 {
        10f64.powi(self.decimals as i32)
    }
}
