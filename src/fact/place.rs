/// A place that gives reports, and what it lies in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The name as its people say it: 北仓镇.
    pub name: String,
    /// What kind of place it is.
    pub kind: PlaceKind,
    /// Division code (2, 4, 6 or 9 digits), `None` where nothing settles it.
    pub code: Option<String>,
    /// The county or district that it lies in, `None` for a county and above.
    pub county: Option<String>,
    /// The prefecture-level city that it lies in; for the four municipalities the municipality itself.
    pub city: Option<String>,
    /// The province, region or municipality.
    pub province: Option<String>,
}

/// Kinds of places, by their rank in the administrative divisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceKind {
    /// 镇
    Town,
    /// 乡, 民族乡, 苏木
    Township,
    /// 街道
    Subdistrict,
    /// 县, 自治县, 旗
    County,
    /// 市辖区, and other 区 of that rank
    District,
    /// 县级市
    CountyCity,
    /// 地级市
    City,
    /// 地区, 自治州, 盟
    Prefecture,
    /// 省, 自治区
    Province,
    /// 直辖市
    Municipality,
    /// 开发区 and whatever else gives a report
    Other,
}

impl PlaceKind {
    /// The stored name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Town => "town",
            Self::Township => "township",
            Self::Subdistrict => "subdistrict",
            Self::County => "county",
            Self::District => "district",
            Self::CountyCity => "county-city",
            Self::City => "city",
            Self::Prefecture => "prefecture",
            Self::Province => "province",
            Self::Municipality => "municipality",
            Self::Other => "other",
        }
    }
}
