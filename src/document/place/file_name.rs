//! What the name of a file says of the place: 榆中县城关镇2022年政府工作报告.txt, 甘肃省/榆中县/城关镇-2022.docx.

use super::name::{Named, divisions_in, split_name};
use super::phrase::is_han;

/// Where the name of a place ends that is followed by what the file is.
const ENDS: [&str; 6] = ["人民政府", "政府", "工作报告", "报告", "镇长", "乡长"];

/// The place that the name of a file tells, in the folders that it gives.
pub(super) fn named(file: &str) -> Option<Named> {
    let (folders, own) = file.rsplit_once(['/', '\\']).unwrap_or(("", file));
    let found = runs(own).find_map(split_name)?;
    Some(Named {
        prefix: [divisions_in(folders), found.prefix].concat(),
        ..found
    })
}

/// The stretches of Chinese characters that may end with a place: up to what says what the file is.
fn runs(own: &str) -> impl Iterator<Item = &str> {
    own.split(|c: char| !is_han(c)).filter_map(|run| {
        // 2022年榆中县城关镇.
        let run = run.trim_start_matches(['年', '度']);
        let run = run.strip_prefix("关于").unwrap_or(run);
        let end = ENDS.iter().filter_map(|end| run.find(end)).min();
        Some(&run[..end.unwrap_or(run.len())]).filter(|run| !run.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(file: &str) -> Option<(String, Vec<String>)> {
        named(file).map(|named| (named.name, named.prefix))
    }

    #[test]
    fn places_in_names_of_files() {
        let town = |name: &str, prefix: &[&str]| {
            let prefix = prefix.iter().map(|&division| division.to_owned()).collect();
            Some((name.to_owned(), prefix))
        };
        for file in [
            "云塘镇2022年政府工作报告.txt",
            "2022年云塘镇政府工作报告.docx",
            "政府工作报告（云塘镇）.pdf",
            "2022年度云塘镇人民政府工作报告.txt",
            "云塘镇-2022.txt",
        ] {
            assert_eq!(told(file), town("云塘镇", &[]), "{file}");
        }
        assert_eq!(
            told("甘肃省/榆中县/城关镇2022.txt"),
            town("城关镇", &["甘肃省", "榆中县"])
        );
        assert_eq!(
            told("榆中县城关镇政府工作报告.txt"),
            town("城关镇", &["榆中县"])
        );
        for file in [
            "",
            "2022.txt",
            "政府工作报告.txt",
            "report-2022.txt",
            "我镇工作报告.txt",
        ] {
            assert_eq!(told(file), None, "{file}");
        }
    }
}
