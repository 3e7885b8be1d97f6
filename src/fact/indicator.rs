/// A thing that reports measure, under one id whatever it is called: 固定资产投资, 固投, fixed-asset investment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// Stable id, ASCII with underscores.
    pub id: String,
    /// The usual Chinese name.
    pub name_zh: String,
    /// The usual English name.
    pub name_en: String,
    /// Base unit of its values: 元, 人, %, …
    pub unit: String,
    /// One line: what it is, and whose definition that is.
    pub definition: String,
    /// Every Chinese name it goes by, `name_zh` first.
    pub names_zh: Vec<String>,
    /// Every English name it goes by, `name_en` first.
    pub names_en: Vec<String>,
}
