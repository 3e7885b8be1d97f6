use crate::reading::read_text;

/// What most reports have, in a few words.
const REPORT: &str = "\
青溪镇政府工作报告\n\
——2023年1月10日在青溪镇第三届人民代表大会第二次会议上\n\
镇长 王小明\n\
各位代表：\n\
现在，我代表镇人民政府作工作报告。\n\
一、2022年工作回顾\n\
2022年，全年完成税收收入1.2亿元，同比增长5%，新建学校2所。\n\
二、2023年工作安排\n\
2023年，税收收入增长6%。6月底前新建学校1所。\n";

/// Loads what each reader needs and what is loaded when the first text is read, so that it can be done beside other work.
pub fn get_ready() {
    drop(read_text(REPORT.to_owned(), ""));
}
