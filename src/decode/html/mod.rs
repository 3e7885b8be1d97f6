//! A web page → the lines of its report.
//!
//! `page` makes of the tags a flat row of openings, texts and closings; `body` finds where the report stands in it: the
//! deepest element that has nearly all sentences of the page; `lines` writes it out, a line for each block, a tab between the
//! cells of a table. `mht` opens pages that were saved in one file.

mod body;
mod lines;
mod mht;
mod page;

pub(super) use mht::page as page_of_mht;

use super::DecodeError;
use super::charset;

/// The text of a page and the charset that it came in.
pub(super) fn text(bytes: &[u8]) -> Result<(String, &'static str), DecodeError> {
    let (source, encoding) = charset::page(bytes)?;
    let text = body::report(&page::Page::read(&source));
    if text.chars().all(char::is_whitespace) {
        return Err(DecodeError::EmptyPage);
    }
    Ok((text, encoding))
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(page: &str, want: &str) {
        let page = super::page::Page::read(page);
        assert_eq!(super::body::report(&page), want);
    }

    const ONE: &str = "全镇实现地区生产总值五十亿元，同比增长百分之六，税收收入三亿元。";

    #[test]
    fn marks_are_no_links() {
        let want = format!("一、标题\n{ONE}\n{ONE}\n");
        check(
            &format!("<p><a name=\"_Toc1\">一、标题</a></p><p>{ONE}</p><p>{ONE}</p>"),
            &want,
        );
        check(
            &format!("<div><a name=a>一、标题<p>{ONE}</p><p>{ONE}</p></div>"),
            &want,
        );
        check(
            &format!("<div><a id=\"a\"/>一、标题<p>{ONE}</p><p>{ONE}</p></div>"),
            &want,
        );
        // A link that nobody closed ends with the next.
        check(
            &format!(
                "<div><a href=b>首页<p><a name=a></a>一、标题</p><p>{ONE}</p><p>{ONE}</p></div>"
            ),
            &want,
        );
    }

    #[test]
    fn rows_that_begin_with_an_empty_cell() {
        check(
            "<table><tr><td></td><td>指标</td><td></td></tr><tr><td> </td><td><p>税收</p></td><td><p>3亿元</p></td></tr></table>",
            "指标\n税收\t3亿元\n",
        );
        check("<td></td><td>指标</td>", "指标\n");
    }

    #[test]
    fn the_rest_of_a_report_beside_most_of_it() {
        let most = format!("<p>{ONE}</p>").repeat(9);
        let around = format!("<div class=related><p>{ONE}</p></div><p><a href=b>{ONE}</a></p>");
        let page =
            format!("<body><div><div>{most}</div><p>{ONE}</p></div><div>{around}</div></body>");
        check(&page, &format!("{ONE}\n").repeat(10));
    }
}
