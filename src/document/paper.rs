//! Papers that a town or subdistrict gives beside the report to its congress: 青溪街道2022年工作总结和2023年工作计划.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::numeral::number;
use super::paragraph::Paragraph;
use super::words::all_of;

/// What the title of such a paper says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Paper {
    /// Bytes of the line: the name of the place, with what stands before it.
    pub(super) name: Range<usize>,
    /// The first year that it names.
    pub(super) year: Option<i32>,
    /// Whether it looks back, as a summary does; otherwise it is only a plan.
    pub(super) looks_back: bool,
}

/// Reads a line as the title of such a paper. It has to name a place: 2022年工作总结 alone heads a part of one.
pub(super) fn paper(line: &Paragraph) -> Option<Paper> {
    static TITLE: LazyLock<Regex> = LazyLock::new(|| {
        let told = all_of("paper-told").join("|");
        let planned = all_of("paper-planned").join("|");
        let pattern = format!(
            "^(?:关于)?(?:(?P<before>[12]\\d{{3}})年度?)?(?P<name>\\p{{Han}}{{1,18}}(?:镇|乡|街道|苏木|县|区|市|州|盟|旗))\
             (?:党委|党工委|工委|人民政府|政府|办事处|管委会|和|、)*(?:关于)?(?:报送)?(?:(?P<behind>[12]\\d{{3}})年度?)?\
             (?:上半年|下半年|半年度?|前三季度|[一二三四]季度|全年|年度|年终)?(?:政府|经济社会发展|重点|主要|目标|和|的)*\
             (?:(?P<told>{told})|{planned})"
        );
        Regex::new(&pattern).expect("the pattern of a paper's title compiles")
    });
    if line.chars > 45
        || line.is_finished()
        || line.mark.is_some()
        || line.text.contains(['，', '。'])
    {
        return None;
    }
    let found = TITLE.captures(line.text)?;
    let year = ["before", "behind"]
        .iter()
        .find_map(|group| number(found.name(group)?.as_str()));
    Some(Paper {
        name: found.name("name")?.range(),
        year: year.map(|year| year as i32),
        looks_back: found.name("told").is_some(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::paragraph::paragraphs;
    use super::*;

    #[track_caller]
    fn check(line: &str, want: Option<(&str, Option<i32>, bool)>) {
        let all = paragraphs(line);
        let got = paper(&all[0]);
        let got = got.map(|paper| (&all[0].text[paper.name], paper.year, paper.looks_back));
        assert_eq!(got, want, "{line}");
    }

    #[test]
    fn titles_of_papers() {
        check(
            "青溪街道2022年工作总结和2023年工作计划",
            Some(("青溪街道", Some(2022), true)),
        );
        check(
            "江东市石桥区柳林镇人民政府2021年上半年工作总结",
            Some(("江东市石桥区柳林镇", Some(2021), true)),
        );
        check(
            "2024年青溪镇重点工作计划",
            Some(("青溪镇", Some(2024), false)),
        );
        check("青溪街道办事处工作要点", Some(("青溪街道", None, false)));
    }

    #[test]
    fn headings_of_parts_are_none() {
        check("2022年工作总结", None);
        check("2023年全镇工作计划，共五项", None);
        check("一、青溪镇2022年工作总结", None);
        check("青溪镇小区改造工作总结", None);
    }
}
