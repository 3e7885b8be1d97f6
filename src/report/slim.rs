//! HTML without what HTML allows to leave out: a page of many footnotes is sent around.

/// Tags whose ends are where the next one of them, or the end of what they stand in, begins.
const ENDS: [&str; 4] = ["</td>", "</th>", "</tr>", "</li>"];
/// Elements whose attributes are written without quotation marks where their values need none.
const UNQUOTED: [&str; 6] = ["a", "li", "mark", "td", "th", "tr"];
/// How the columns of Markdown's tables are aligned, and the class that does the same.
const ALIGNED: [(&str, &str); 3] = [
    (" style=\"text-align: left\"", ""),
    (" style=\"text-align: right\"", " class=n"),
    (" style=\"text-align: center\"", " class=c"),
];

/// The same page in fewer bytes.
pub(super) fn slim(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    // In texts `<` is written as an entity, so that each begins a tag.
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let end = rest[start..]
            .find('>')
            .map_or(rest.len(), |at| start + at + 1);
        let tag = &rest[start..end];
        rest = &rest[end..];
        if !ENDS.contains(&tag) {
            out.push_str(&unquoted(tag));
        }
    }
    out.push_str(rest);
    out
}

fn unquoted(tag: &str) -> String {
    let name = tag[1..].trim_end_matches('>');
    let name = name.split([' ', '/']).next().unwrap_or_default();
    // Behind a value without quotation marks the / of <br/> would belong to the value.
    if !UNQUOTED.contains(&name) || tag.ends_with("/>") {
        return tag.to_owned();
    }
    let mut tag = tag.to_owned();
    for (style, class) in ALIGNED {
        tag = tag.replace(style, class);
    }
    let mut parts = tag.split('"');
    let mut out = parts.next().unwrap_or_default().to_owned();
    // Every second part is a value.
    while let (Some(value), Some(after)) = (parts.next(), parts.next()) {
        let is_plain = !value.is_empty()
            && value
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'#' | b'-' | b'_'));
        let quote = if is_plain { "" } else { "\"" };
        for part in [quote, value, quote, after] {
            out.push_str(part);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::slim;

    #[test]
    fn ends_and_quotation_marks_that_html_needs_not_are_gone() {
        assert_eq!(
            slim(
                "<tr><td class=\"n\"><a id=\"f1\" href=\"#q2-1\">5 &lt; 6<sup>2</sup></a></td>\
                 <td style=\"text-align: right\">=\"7\"</td></tr>"
            ),
            "<tr><td class=n><a id=f1 href=#q2-1>5 &lt; 6<sup>2</sup></a><td class=n>=\"7\""
        );
    }

    #[test]
    fn what_html_needs_stays() {
        for html in [
            "<a href=\"https://a.cn/?b=c\">x</a>",
            "<td title=\"a b\">x",
            "<rect x=\"1\"/><path d=\"M0\"/>",
            "<li id=\"\">x",
            "<p class=\"caption\">x</p>",
        ] {
            assert_eq!(slim(html), html);
        }
    }
}
