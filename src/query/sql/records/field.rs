use super::super::Params;
use super::super::column::{Column, ColumnKind};
use crate::query::plan::{Field, Rows};

/// The text of a report without blanks: its length is what people count.
pub(in crate::query::sql) const BODY: &str = "replace(replace(replace(replace(substr(d.text, s.start + 1, s.\"end\" - s.start), ' ', ''), char(10), ''), char(13), ''), '　', '')";

/// How many of the places asked about state an indicator `r` in the reports that answer.
const PLACES_STATING: &str = "(SELECT COUNT(DISTINCT o.town_id) FROM answering o JOIN metrics m ON m.session_id = o.session_id \
     WHERE m.indicator = r.id AND m.status IN ('actual', 'estimate') AND m.year = o.review_year)";

/// A field in SQL, `r` being the record, `s` its report and `d` the report's document.
pub(super) fn sql(field: Field, rows: Rows, params: &Params) -> String {
    match field {
        Field::Value => "r.value".to_owned(),
        Field::Growth => "CASE WHEN r.growth_kind = 'yoy' THEN r.growth END".to_owned(),
        Field::Completion => "r.completion".to_owned(),
        Field::Rank => "r.rank".to_owned(),
        Field::LastYear => {
            "CASE WHEN r.growth_kind = 'yoy' AND r.growth > -100 THEN r.value / (1 + r.growth / 100.0) END".to_owned()
        }
        Field::Task => "CASE WHEN r.completion > 0 THEN r.value * 100.0 / r.completion END".to_owned(),
        Field::NextTarget => "CASE WHEN r.status IN ('actual', 'estimate') THEN (SELECT o.value FROM metrics o WHERE o.session_id = r.session_id \
             AND o.status = 'target' AND o.period = 'year' AND o.year = r.year + 1 AND o.unit = r.unit AND o.indicator IS r.indicator \
             AND (r.indicator IS NOT NULL OR o.label = r.label) ORDER BY o.value IS NULL, o.start LIMIT 1) END"
            .to_owned(),
        Field::Count(Rows::Places) if rows == Rows::Phrases => "r.places".to_owned(),
        Field::Count(Rows::Reports) if rows == Rows::Phrases => "r.reports".to_owned(),
        Field::Count(Rows::Places) => PLACES_STATING.to_owned(),
        Field::Unit => "r.unit".to_owned(),
        Field::Label => "r.label".to_owned(),
        Field::Indicator => "(SELECT i.name_zh FROM indicators i WHERE i.id = r.indicator)".to_owned(),
        Field::Status => "r.status".to_owned(),
        // A part without a heading of its own stands under another's.
        Field::Section if rows == Rows::Sections => {
            "COALESCE(r.heading, (SELECT p.heading FROM sections p WHERE p.id = r.parent_id))".to_owned()
        }
        Field::Section => "(SELECT COALESCE(x.heading, (SELECT p.heading FROM sections p WHERE p.id = x.parent_id)) \
             FROM sections x WHERE x.id = r.section_id)"
            .to_owned(),
        Field::Topic => "r.topic".to_owned(),
        Field::Deadline => "r.deadline_on".to_owned(),
        Field::Code => "r.code".to_owned(),
        Field::Year => super::shape::shape(rows).year.to_owned(),
        // What has a text of its own is as long as that, and not as its report.
        Field::Length if rows == Rows::Sections => super::shape::SECTION_LENGTH.to_owned(),
        Field::Length if matches!(rows, Rows::Tasks | Rows::Sentences | Rows::Problems) => {
            "length(replace(replace(r.text, ' ', ''), '　', ''))".to_owned()
        }
        report => report_column(report, params),
    }
}

fn report_column(field: Field, params: &Params) -> String {
    let length = if params.is_worked_out {
        "s.length".to_owned()
    } else {
        format!("length({BODY})")
    };
    match field {
        Field::Speaker => "s.speaker".to_owned(),
        Field::SpeakerTitle => "s.speaker_title".to_owned(),
        Field::Date => "s.held_on".to_owned(),
        Field::Congress => "s.congress".to_owned(),
        Field::Meeting => "s.meeting".to_owned(),
        Field::StatedYear => "s.stated_year".to_owned(),
        Field::Title => "s.title".to_owned(),
        Field::Length => length,
        Field::Density => format!(
            "round(1000.0 * (SELECT COUNT(*) FROM metrics m WHERE m.session_id = s.id) / {length}, 2)"
        ),
        Field::Count(rows) => counted(rows),
        _ => "d.name".to_owned(),
    }
}

/// How many records of a kind a report `s` has.
fn counted(rows: Rows) -> String {
    let records = super::shape::shape(rows).from;
    let targets = if rows == Rows::Targets {
        " AND r.status = 'target'"
    } else {
        ""
    };
    // The report is known: of the joins only the records are left.
    let (table, rest) = records.split_once(" r JOIN ").unwrap_or((&records, ""));
    let more = rest
        .split_once(" AND ")
        .map_or(String::new(), |(_, more)| format!(" AND {more}"));
    format!("(SELECT COUNT(*) FROM {table} r WHERE r.session_id = s.id{targets}{more})")
}

/// A field of the report of a row of places, which has `session_id`.
pub(in crate::query::sql) fn of_report(field: Field, params: &Params) -> String {
    format!(
        "(SELECT {} FROM sessions s JOIN documents d ON d.id = s.document_id WHERE s.id = session_id)",
        report_column(field, params)
    )
}

/// How a field is shown.
pub(in crate::query::sql) fn column(field: Field) -> Column {
    let (en, zh) = field.names();
    let kind = match field {
        Field::Value | Field::LastYear | Field::Task | Field::NextTarget => ColumnKind::Value,
        Field::Growth => ColumnKind::Growth,
        Field::Completion | Field::Density => ColumnKind::Number,
        Field::StatedYear | Field::Year => ColumnKind::Year,
        Field::Congress | Field::Meeting | Field::Length | Field::Count(_) => ColumnKind::Count,
        Field::Status => ColumnKind::Status,
        Field::Unit => ColumnKind::Unit,
        _ => ColumnKind::Text,
    };
    let name = match field {
        Field::Label => "figure".to_owned(),
        Field::Date => "held_on".to_owned(),
        Field::Deadline => "deadline_on".to_owned(),
        _ => en.replace(' ', "_"),
    };
    let zh = match field {
        Field::Congress => "届",
        Field::Label => "指标",
        _ => zh,
    };
    let unit = match field {
        Field::Growth | Field::Completion => Some("%"),
        _ => None,
    };
    let mut column = Column::new(&name, zh, kind).in_unit(unit);
    column.derived = matches!(field, Field::LastYear | Field::Task);
    column
}
