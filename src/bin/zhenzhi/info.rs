use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use zhenzhi::query::Lang;
use zhenzhi::render::visible_in_line;
use zhenzhi::store::{Info, Store, StoreError, is_free_key};

use crate::cli::Listing;
use crate::exit::{Exit, end};
use crate::language::{Tongue, in_lang, messages, told};
use crate::output::{print, print_json};
use crate::upgrade;

/// Say what a store is and what it holds, or set what it says of itself
///
/// Title, description, source and licence travel in the file; whoever gets it sees them here.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The store
    store: PathBuf,
    /// Set what the file says of itself: title, description, source, licence, or a key of your own; an empty text takes
    /// the key away
    #[arg(long = "set", value_name = "KEY=TEXT", value_parser = pair)]
    set: Vec<(String, String)>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Listing::Table)]
    format: Listing,
    #[command(flatten)]
    tongue: Tongue,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or_else(|| {
        told(
            "write it as key=text: title=Towns of Tianjin",
            "请写成“键=文字”，例如title=天津各镇",
        )
        .to_string()
    })?;
    let key = key.trim();
    if is_free_key(key) {
        Ok((key.to_owned(), value.trim().to_owned()))
    } else {
        Err(told(
            "a key has small letters, digits and _, and is none that zhenzhi writes itself",
            "键由小写字母、数字和下划线组成，且不能是zhenzhi自己写入的键",
        )
        .to_string())
    }
}

pub(crate) fn run(args: &Args) -> Exit {
    args.tongue.speak();
    end(if args.set.is_empty() {
        show(args)
    } else {
        set(args)
    })
}

fn show(args: &Args) -> Result<Exit, StoreError> {
    let info = Store::open_read_only(&args.store)?.info()?;
    match args.format {
        Listing::Table => print(for_people(&args.store, &info, messages())),
        Listing::Json => print_json(&for_programs(&info)),
    }
    Ok(Exit::Done)
}

/// Setting prints nothing.
fn set(args: &Args) -> Result<Exit, StoreError> {
    let store = upgrade::open(&args.store)?;
    store.set_metadata(&args.set)?;
    store.finish()?;
    Ok(Exit::Done)
}

/// What is counted, and keys that zhenzhi writes, in Chinese.
const IN_CHINESE: [(&str, &str); 19] = [
    ("documents", "文件"),
    ("places", "地方"),
    ("reports", "报告"),
    ("figures", "数字"),
    ("figures of an indicator", "指标数字"),
    ("tasks", "任务"),
    ("doubts", "疑点"),
    ("sentences", "句子"),
    ("conflicts", "冲突"),
    ("title", "标题"),
    ("description", "说明"),
    ("source", "来源"),
    ("licence", "许可"),
    ("created", "建立时间"),
    ("made_by", "建立程序"),
    ("reader", "读取程序版本"),
    ("shared", "分享时间"),
    ("part", "选取范围"),
    ("migrated", "升级"),
];

/// What a store is and holds, a line each.
pub(crate) fn for_people(path: &Path, info: &Info, lang: Lang) -> String {
    let chinese = |name: &str| {
        let known = IN_CHINESE.iter().find(|(en, _)| *en == name);
        known.map_or(name.to_owned(), |(_, zh)| (*zh).to_owned())
    };
    let mut lines = vec![match lang {
        Lang::En => format!(
            "{}: a zhenzhi store of version {}, {} bytes",
            path.display(),
            info.schema_version,
            info.bytes
        ),
        Lang::Zh => format!(
            "{}：镇志库，版本{}，{}字节",
            path.display(),
            info.schema_version,
            info.bytes
        ),
    }];
    let mut line = |name: &str, zh: &str, text: &str| {
        lines.push(match lang {
            Lang::En => format!("  {name}: {}", visible_in_line(text)),
            Lang::Zh => format!("  {zh}：{}", visible_in_line(text)),
        });
    };
    // Digests say nothing to people.
    let is_shown = |key: &str| !matches!(key, "vocabulary" | "phrases");
    for (key, value) in info.metadata.iter().filter(|(key, _)| is_shown(key)) {
        line(key, &chinese(key), value);
    }
    for (what, count) in &info.counts {
        line(what, &chinese(what), &count.to_string());
    }
    if let Some((first, last)) = info.years {
        line(
            "years",
            "年份",
            &format!("{first}{}{last}", in_lang(lang, " to ", "至")),
        );
    }
    let unknown = in_lang(lang, "(unknown)", "（未知）");
    let parted = in_lang(lang, ", ", "、");
    let provinces = info.provinces.iter();
    let provinces =
        provinces.map(|(name, count)| format!("{} {count}", name.as_deref().unwrap_or(unknown)));
    let queries = info.queries.iter().map(|name| format!("@{name}"));
    let lists: [(&str, &str, Vec<String>); 3] = [
        ("reports by province", "各省报告数", provinces.collect()),
        ("saved questions", "保存的问句", queries.collect()),
        (
            "not of zhenzhi, and not read by it",
            "非镇志所有，镇志不读取",
            info.strangers.clone(),
        ),
    ];
    for (en, zh, list) in lists {
        if !list.is_empty() {
            line(en, zh, &list.join(parted));
        }
    }
    lines.join("\n")
}

fn for_programs(info: &Info) -> Value {
    let metadata: Map<String, Value> = info
        .metadata
        .iter()
        .map(|(key, value)| (key.clone(), json!(value)))
        .collect();
    let counts: Map<String, Value> = info
        .counts
        .iter()
        .map(|(what, count)| (what.replace(' ', "_"), json!(count)))
        .collect();
    let provinces: Vec<Value> = info
        .provinces
        .iter()
        .map(|(name, count)| json!({"province": name, "reports": count}))
        .collect();
    json!({
        "schema_version": info.schema_version,
        "bytes": info.bytes,
        "metadata": metadata,
        "counts": counts,
        "years": info.years.map(|(first, last)| [first, last]),
        "provinces": provinces,
        "saved_queries": info.queries,
        "strangers": info.strangers,
    })
}
