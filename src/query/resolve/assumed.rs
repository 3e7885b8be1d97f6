//! What a question leaves open and the plan settles: said under the answer, so that nobody takes it for what he asked.

use crate::query::plan::Rows;

/// What was settled for a question that does not say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::query) enum Assumed {
    /// These places are put together; those of other levels, which the store has as well, are not.
    Places(Rows),
    /// Years in a row are the last ones of the store: the first and the last of them.
    LastYears(i32, i32),
}

impl Assumed {
    /// What a reader is told, in English and Chinese.
    pub(in crate::query) fn said(self) -> (String, String) {
        match self {
            Self::Places(rows) => {
                let (en, zh) = crate::query::say::rows_names(rows);
                (
                    format!(
                        "no kind of place was named: of those of this store {en} are meant, places of other levels are left \
                         out; name another, as `of all places`"
                    ),
                    format!(
                        "没有说是哪一级的地方：这里指库中的{zh}，不含其他级别；也可以写明，如“各省”“各地方”"
                    ),
                )
            }
            Self::LastYears(first, last) => (
                format!(
                    "no year was named: in a row means {first} to {last}, the last years of this store; places whose reports \
                     end before are not among them: name the last of the years to ask of others"
                ),
                format!(
                    "没有写年份：连续几年指库中最近的{first}年至{last}年，报告到不了这几年的地方不在其中；要问其他年份，请写明最后一年"
                ),
            ),
        }
    }
}
