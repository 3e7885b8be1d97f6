use super::StoreError;

impl StoreError {
    /// The message in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::Missing { path } => {
                format!("{}处没有库；导入报告即可建库", path.display())
            }
            Self::Exists { path } => {
                format!("{}已存在；请直接打开，或另取文件名", path.display())
            }
            Self::NotAStore { path } => {
                format!("{}不是镇志的库；请给出由zhenzhi建立的文件", path.display())
            }
            Self::Newer { path, found, known } => format!(
                "{}由更新版本的zhenzhi建立（结构版本{found}，本程序最高支持{known}）；请使用新版本，或重新导入报告",
                path.display()
            ),
            Self::Altered { path, what } => format!(
                "{}被其他程序改动过（{what}）；请使用未改动的副本",
                path.display()
            ),
            Self::Folder { path } => {
                let file = path.join("reports.db");
                format!(
                    "{}是文件夹，而库是一个文件，例如{}",
                    path.display(),
                    file.display()
                )
            }
            Self::NoFolder { path } => {
                format!("{}所在的文件夹不存在；请先建立，或更正路径", path.display())
            }
            Self::NotAllowed { path } => {
                format!("您无权打开{}：文件或所在文件夹的权限不允许", path.display())
            }
            Self::CannotOpen { path } => format!(
                "无法打开{}；请检查所在文件夹是否存在、您是否有权使用",
                path.display()
            ),
            Self::Locked { path } => {
                format!("{}正被其他程序使用；请待其结束后再试", path.display())
            }
            Self::ReadOnly { path } => {
                format!(
                    "无法写入{}；请检查文件和所在文件夹的权限，或在副本上操作",
                    path.display()
                )
            }
            Self::DiskFull { path } => format!(
                "{}没有空间可写：磁盘已满，或文件大小受限；请腾出空间后再试，此前已写入的仍在库中",
                path.display()
            ),
            Self::LogStays { path } => format!(
                "没有空间合成{0}：磁盘已满，或文件大小受限；全部内容保存在旁边的{0}-wal中，它是库的一部分，请勿删除；腾出空间后再导入一次，即合为一个文件",
                path.display()
            ),
            Self::Corrupt { path } => {
                format!("{}已损坏；请使用备份，或重新导入报告", path.display())
            }
            Self::Disk { path, reason } => {
                format!("{}读写失败（{reason}）；请检查磁盘", path.display())
            }
            Self::NotAQuestion { sql } => {
                format!("查询只能是一条读取本库的SELECT语句：{sql}")
            }
            Self::NotOfAStore { what } => {
                // The store names what it is in English, as SQL does.
                let what = what
                    .replace("the table ", "表")
                    .replace("the function ", "函数");
                format!("查询不可使用{what}；可读的表见库中的README")
            }
            Self::TooLarge { most } => {
                format!("答案超过{most}百万字节；请减少行或列")
            }
            Self::TooSlow { limit } => format!(
                "查询超过{}秒，已中断；请缩小范围，或放宽时限",
                limit.as_secs_f64()
            ),
            Self::Interrupted => "查询已停止，未作任何改动".to_owned(),
            Self::Sql { reason } => format!("SQLite拒绝了该语句：{reason}"),
            Self::Defect { reason } => format!("这是zhenzhi自身的错误，请反馈：{reason}"),
        }
    }
}
