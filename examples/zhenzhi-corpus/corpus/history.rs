use super::indicator::{Indicator, Steps};
use super::random::Random;

/// What happened in one town: the numbers of some years in a row, and what was planned for them.
#[derive(Debug)]
pub(crate) struct History {
    /// By year, then by indicator. There is one year more than there are reports: growth needs a year before.
    done: Vec<Vec<Steps>>,
    /// Planned growth in percent, by report, then by indicator.
    planned: Vec<Vec<i64>>,
}

impl History {
    pub(crate) fn new(indicators: &[Indicator], years: usize, random: &mut Random) -> Self {
        let mut done = vec![
            indicators
                .iter()
                .map(|indicator| indicator.begin(random))
                .collect::<Vec<_>>(),
        ];
        let mut planned = Vec::new();
        for year in 0..years {
            let next = indicators.iter().zip(&done[year]);
            let next = next.map(|(indicator, before)| indicator.go_on(*before, random));
            done.push(next.collect());
            planned.push(indicators.iter().map(|_| random.between(3, 12)).collect());
        }
        Self { done, planned }
    }

    /// The number of an indicator in a report's year; the first report is 0.
    pub(crate) fn done(&self, report: usize, indicator: usize) -> Steps {
        self.done[report + 1][indicator]
    }

    /// Its growth over the year before in percent, with one decimal as it is written.
    pub(crate) fn growth(&self, report: usize, indicator: usize) -> f64 {
        let (before, after) = (
            self.done[report][indicator],
            self.done[report + 1][indicator],
        );
        ((after as f64 / before as f64 - 1.0) * 1000.0).round() / 10.0
    }

    /// The number that a report plans for the next year.
    pub(crate) fn target(&self, report: usize, indicator: usize) -> Steps {
        let growth = self.planned[report][indicator] as f64 / 100.0;
        (self.done(report, indicator) as f64 * (1.0 + growth)).round() as Steps
    }

    /// The growth that a report plans for the next year, in percent.
    pub(crate) fn target_growth(&self, report: usize, indicator: usize) -> i64 {
        self.planned[report][indicator]
    }
}
