use super::history::History;
use super::indicator::Indicator;
use super::random::Random;
use super::shape::{Chapter, Shapes, Slot};
use super::town::Town;
use super::{Fact, Status};

/// Chapters of the review and of the plan.
const CHAPTERS: usize = 6;
/// Sentences with a count in a paragraph that has mostly words.
const FEW: usize = 2;
const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// One report while it is written.
pub(super) struct Composer<'a> {
    pub(super) shapes: &'a Shapes,
    pub(super) indicators: &'a [Indicator],
    pub(super) town: Town,
    pub(super) history: &'a History,
    /// Which report of the town, from 0.
    pub(super) report: usize,
    /// The year that it looks back on.
    pub(super) year: i32,
    /// How many paragraphs follow the first of a chapter.
    pub(super) length: usize,
    pub(super) random: Random,
    pub(super) text: String,
    pub(super) facts: Vec<Fact>,
}

impl Composer<'_> {
    /// Writes the report from masthead to closing.
    pub(super) fn compose(&mut self) {
        self.masthead();
        self.line(&format!("一、{}年工作回顾", self.year));
        self.paragraph("opening", 1);
        for place in ["economy", "investment", "output", "income"] {
            self.sentence_of(place);
        }
        self.end_paragraph();
        let mut chapters = self.shapes.chapters().to_vec();
        self.random.shuffle(&mut chapters);
        for (at, chapter) in chapters.iter().take(CHAPTERS).enumerate() {
            self.review_chapter(at, chapter);
        }
        self.line("二、存在的问题");
        self.paragraph("problems", 4);
        self.line(&format!("三、{}年总体要求和主要目标", self.year + 1));
        self.paragraph("guideline", 1);
        self.paragraph("targets", 1);
        self.line(&format!("四、{}年重点工作", self.year + 1));
        self.random.shuffle(&mut chapters);
        for (at, chapter) in chapters.iter().take(CHAPTERS).enumerate() {
            self.plan_chapter(at, chapter);
        }
        self.paragraph("closing", 1);
    }

    fn masthead(&mut self) {
        let (town, year, random) = (self.town, self.year, &mut self.random);
        let day = random.between(4, 28);
        let (congress, meeting) = (random.between(15, 19), (year - 2016).rem_euclid(5) + 1);
        let speaker = [
            self.shapes.word("surname", random),
            self.shapes.word("given", random),
        ]
        .concat();
        let head = if town.name.ends_with('镇') {
            "镇长"
        } else {
            "乡长"
        };
        self.line("政府工作报告");
        self.line(&format!(
            "——{}年1月{day}日在{}第{}届人民代表大会第{}次会议上",
            year + 1,
            town.full_name(),
            below_hundred(congress as usize),
            NUMERALS[meeting as usize - 1],
        ));
        self.line(&format!("{}人民政府{head} {speaker}", town.name));
        self.line("各位代表：");
        self.line(&format!(
            "现在，我代表{}人民政府，向大会报告工作，请予审议，并请列席会议的同志提出意见。",
            town.name
        ));
    }

    fn review_chapter(&mut self, at: usize, chapter: &Chapter) {
        let heading = self.random.pick(&chapter.review);
        self.line(&format!("（{}）{heading}", NUMERALS[at]));
        self.paragraphs(chapter.theme, chapter.theme);
    }

    fn plan_chapter(&mut self, at: usize, chapter: &Chapter) {
        let heading = self.random.pick(&chapter.plan);
        for part in ["（", NUMERALS[at], "）", heading, "。"] {
            self.text.push_str(part);
        }
        let place = format!("plan-{}", chapter.theme);
        self.paragraphs(&place, chapter.theme);
    }

    /// A paragraph of a theme's sentences, and then as many with few numbers as the report is long. A figure of the
    /// whole town stands in the first alone.
    fn paragraphs(&mut self, place: &str, theme: &str) {
        let shapes = self.shapes.of(place);
        let (figures, counts): (Vec<_>, Vec<_>) =
            shapes.iter().partition(|shape| shape.contains('<'));
        let mut first: Vec<&str> = figures;
        self.random.shuffle(&mut first);
        first.truncate(first.len().saturating_sub(1).max(1));
        first.extend((0..FEW + 2).map(|_| self.random.pick(&counts)));
        self.sentences(first);
        for _ in 0..self.length {
            let mut more = self.shapes.of(&format!("prose-{theme}")).to_vec();
            more.extend((0..FEW).map(|_| self.random.pick(&counts)));
            self.random.shuffle(&mut more);
            self.sentences(more);
        }
    }

    fn sentences(&mut self, shapes: Vec<&str>) {
        for shape in shapes {
            self.sentence(shape);
        }
        self.end_paragraph();
    }

    /// So many different sentences of a place, at random.
    fn paragraph(&mut self, place: &str, sentences: usize) {
        let mut shapes = self.shapes.of(place).to_vec();
        self.random.shuffle(&mut shapes);
        shapes.truncate(sentences);
        self.sentences(shapes);
    }

    fn sentence_of(&mut self, place: &str) {
        let shape = self.random.pick(self.shapes.of(place));
        self.sentence(shape);
    }

    fn sentence(&mut self, shape: &str) {
        let status = if shape.starts_with("预计") {
            Status::Estimate
        } else {
            Status::Actual
        };
        let mut text = std::mem::take(&mut self.text);
        let mut random = self.random.clone();
        self.shapes.write(
            shape,
            &mut random,
            &mut text,
            &mut |slot, random| match slot {
                Slot::Of("year") => self.year.to_string(),
                Slot::Of("next") => (self.year + 1).to_string(),
                Slot::Of(_) => self.town.short().to_owned(),
                Slot::Figure(what, indicator) => self.figure(what, indicator, status, random),
            },
        );
        self.random = random;
        self.text = text;
    }

    /// `v` a value and `g` a growth of the year, `tv` and `tg` those planned for the next.
    fn figure(&mut self, what: &str, id: &str, status: Status, random: &mut Random) -> String {
        let at = self.indicators.iter().position(|each| each.id == id);
        let at = at.expect("each figure's indicator has a line in indicators.tsv");
        let (indicator, history, report) = (&self.indicators[at], self.history, self.report);
        match what {
            "v" => {
                let amount = history.done(report, at);
                self.fact(at, status).value = Some(indicator.value(amount));
                indicator.write(amount)
            }
            "g" => {
                let growth = history.growth(report, at);
                self.fact(at, status).growth = Some(growth);
                if growth > 0.0 {
                    format!("增长{growth}%")
                } else if growth < 0.0 {
                    format!("下降{}%", -growth)
                } else {
                    "与上年持平".to_owned()
                }
            }
            "tv" => {
                let amount = history.target(report, at);
                self.fact(at, Status::Target).value = Some(indicator.value(amount));
                indicator.write(amount)
            }
            _ => {
                let growth = history.target_growth(report, at);
                self.fact(at, Status::Target).growth = Some(growth as f64);
                format!("增长{growth}%{}", random.pick(&["", "以上", "左右"]))
            }
        }
    }

    /// The fact of an indicator in this report, made where there is none yet.
    fn fact(&mut self, indicator: usize, status: Status) -> &mut Fact {
        let id = self.indicators[indicator].id;
        let known = self
            .facts
            .iter()
            .position(|fact| fact.indicator == id && fact.status == status);
        let at = known.unwrap_or_else(|| {
            self.facts.push(Fact {
                indicator: id,
                year: self.year + i32::from(status == Status::Target),
                status,
                value: None,
                growth: None,
            });
            self.facts.len() - 1
        });
        &mut self.facts[at]
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.end_paragraph();
    }

    fn end_paragraph(&mut self) {
        self.text.push_str("\n\n");
    }
}

/// 十五 for 15.
fn below_hundred(number: usize) -> String {
    let ones = match number % 10 {
        0 => "",
        ones => NUMERALS[ones - 1],
    };
    match number / 10 {
        0 => ones.to_owned(),
        1 => format!("十{ones}"),
        tens => format!("{}十{ones}", NUMERALS[tens - 1]),
    }
}
