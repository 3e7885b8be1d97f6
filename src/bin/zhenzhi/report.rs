use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use zhenzhi::query::Lang;
use zhenzhi::report::{
    Limits, Page, ReportError, Script, ScriptError, Setting, examples, run as run_script,
    run_against,
};
use zhenzhi::store::{Store, StoreError};

use crate::exit::Exit;
use crate::input::Values;
use crate::language::{Language, speak, told};
use crate::memory::Bound;
use crate::output::{cannot_read, cannot_write, complain, print, print_error};
use crate::whole_file::write_whole;

/// Make a report from a script: a page with a footnote for every number
///
/// SCRIPT is a Markdown file, or the name of a script in the store or among the examples. `--list` shows what there is,
/// `--new NAME` writes an example to start from. Without `--output` the page is printed as Markdown.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The store
    #[arg(required_unless_present_any = ["list", "new"])]
    store: Option<PathBuf>,
    /// The script: a file, or a name in the store or among the examples
    #[arg(required_unless_present_any = ["list", "new", "drop"])]
    script: Option<String>,
    #[command(flatten)]
    values: Values,
    /// The file to write: its ending, .html, .md, .xlsx or .csv, says what it is
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// With .csv: which table of the report, by its name or title
    #[arg(long, value_name = "NAME")]
    table: Option<String>,
    /// Write anew whenever the script or the store changes, until Ctrl-C
    #[arg(long, requires = "output")]
    watch: bool,
    /// Mark what has changed since this older store
    #[arg(long, value_name = "OLD.db")]
    compare: Option<PathBuf>,
    /// How many seconds the questions of the script may take in all
    #[arg(long, value_name = "SECONDS", default_value_t = 60.0)]
    time_limit: f64,
    /// List the scripts of the store, and those that come with the program
    #[arg(long, conflicts_with_all = ["new", "output"])]
    list: bool,
    /// Write the example of this name into a file of that name, to start from
    #[arg(long, value_name = "NAME")]
    new: Option<String>,
    /// Keep the script in the store under this name
    #[arg(long, value_name = "NAME", conflicts_with_all = ["output", "watch", "compare"])]
    save: Option<String>,
    /// Take the script of this name out of the store
    #[arg(long, value_name = "NAME", conflicts_with_all = ["output", "watch", "compare", "save"])]
    drop: Option<String>,
    /// The language of messages, and of the example to start from
    #[arg(long, value_enum)]
    lang: Option<Language>,
}

pub(crate) fn run(args: &Args) -> Exit {
    speak(args.lang.map(Lang::from));
    let done = if args.list {
        list(args)
    } else if let Some(name) = &args.new {
        start(name, args)
    } else if let Some(name) = &args.drop {
        drop_one(name, args)
    } else if let Some(name) = &args.save {
        keep(name, args)
    } else if args.watch {
        watch(args)
    } else {
        report(args)
    };
    done.unwrap_or_else(|exit| exit)
}

/// What a run came to: bytes for a file, or text for standard output.
fn report(args: &Args) -> Result<Exit, Exit> {
    let page = page(args)?;
    match &args.output {
        None => {
            print(page.markdown().trim_end());
            Ok(Exit::Done)
        }
        Some(path) => write(path, &bytes(&page, path, args)?),
    }
}

fn page(args: &Args) -> Result<Page, Exit> {
    let store = open(args)?;
    let script = script(args, &store)?;
    let lang = lang(args, &script);
    let setting = Setting {
        values: args.values.parameters(),
        names: args.values.names(),
        limits: Limits {
            time: Duration::try_from_secs_f64(args.time_limit).map_err(|error| {
                let line = format!("--time-limit: {error}");
                complain(told(line.clone(), line));
                Exit::Usage
            })?,
            ..Limits::default()
        },
    };
    let _bound = Bound::set();
    let page = match &args.compare {
        None => run_script(&script, store, &setting),
        Some(older) => {
            let older = Store::open_read_only(older).map_err(|error| failed(&error))?;
            run_against(&script, store, older, &setting)
        }
    };
    page.map_err(|error| match error {
        ReportError::Fault(fault) => {
            print_error(fault.show(lang).trim_end());
            match fault.code() {
                "R0401" => Exit::Expectation,
                _ => Exit::Usage,
            }
        }
        ReportError::Store(error) => failed(&error),
    })
}

fn failed(error: &StoreError) -> Exit {
    complain(error);
    Exit::Store
}

fn open(args: &Args) -> Result<Store, Exit> {
    let path = args.store.as_deref().unwrap_or(Path::new(""));
    Store::open_read_only(path).map_err(|error| failed(&error))
}

fn script(args: &Args, store: &Store) -> Result<Script, Exit> {
    let named = args.script.as_deref().unwrap_or_default();
    Script::find(named, store).map_err(|error| refused(args, &error))
}

fn refused(args: &Args, error: &ScriptError) -> Exit {
    match error {
        ScriptError::Fault(fault) => {
            print_error(
                fault
                    .show(args.lang.map_or(Lang::of(&fault.text), Lang::from))
                    .trim_end(),
            );
            Exit::Usage
        }
        ScriptError::Unknown { name, known } => {
            complain(told(
                error.to_string(),
                format!("没有脚本{name}：没有这个文件，库中和示例中也没有这个名称；现有{known}"),
            ));
            Exit::Usage
        }
        ScriptError::Unreadable { path, reason } => {
            cannot_read(&path.as_path().into(), reason);
            Exit::Input
        }
        ScriptError::Store(error) => failed(error),
    }
}

fn lang(args: &Args, script: &Script) -> Lang {
    args.lang.map_or(script.head.lang, Lang::from)
}

/// The page in the format that the ending of the file says.
fn bytes(page: &Page, path: &Path, args: &Args) -> Result<Vec<u8>, Exit> {
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase());
    let book = |error: zhenzhi::report::BookError| {
        match error {
            zhenzhi::report::BookError::Tables(fault) => {
                let lang = args.lang.map_or(page.lang, Lang::from);
                print_error(format_args!("zhenzhi: {}", fault.diagnostic.message(lang)));
            }
            zhenzhi::report::BookError::Workbook(error) => {
                complain(told(error.to_string(), format!("无法生成工作簿：{error}")));
            }
        }
        Exit::Usage
    };
    match ending.as_deref() {
        Some("html" | "htm") => Ok(page.html().into_bytes()),
        Some("md" | "markdown") => Ok(page.markdown().into_bytes()),
        Some("xlsx") => page.workbook().map_err(book),
        Some("csv") => page
            .separated(args.table.as_deref())
            .map(String::into_bytes)
            .map_err(book),
        _ => {
            complain(told(
                format!(
                    "{}: a report is written as .html, .md, .xlsx or .csv",
                    path.display()
                ),
                format!("{}：报告可写为.html、.md、.xlsx或.csv", path.display()),
            ));
            Err(Exit::Usage)
        }
    }
}

/// The whole file or nothing.
fn write(path: &Path, bytes: &[u8]) -> Result<Exit, Exit> {
    write_whole(path, bytes).map_err(|error| {
        cannot_write(&path.into(), &error);
        Exit::Store
    })?;
    Ok(Exit::Done)
}

/// Writes the report, and again whenever the script, a part beside it, or the store has changed.
fn watch(args: &Args) -> Result<Exit, Exit> {
    const PAUSE: Duration = Duration::from_millis(300);
    let mut before = None;
    loop {
        let now = state(args);
        if before.as_ref() != Some(&now) {
            before = Some(now);
            // A mistake is told, and the watch goes on: the next change may mend it.
            if report(args).is_ok()
                && let Some(path) = &args.output
            {
                print_error(format_args!("{} written", path.display()));
            }
        }
        std::thread::sleep(PAUSE);
    }
}

/// The times at which the files were last changed that a report depends on.
fn state(args: &Args) -> Vec<(PathBuf, Option<SystemTime>, u64)> {
    let mut files: Vec<PathBuf> = args.store.iter().chain(&args.compare).cloned().collect();
    if let Some(script) = args
        .script
        .as_deref()
        .map(PathBuf::from)
        .filter(|script| script.is_file())
    {
        let folder = script
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let beside = std::fs::read_dir(folder.unwrap_or(Path::new(".")))
            .into_iter()
            .flatten()
            .flatten();
        files.extend(beside.map(|entry| entry.path()).filter(|path| {
            path.extension().is_some_and(|ending| ending == "md")
                && Some(path) != args.output.as_ref()
        }));
        files.push(script);
    }
    files.sort();
    files.dedup();
    files
        .into_iter()
        .map(|path| {
            let known = std::fs::metadata(&path).ok();
            let time = known.as_ref().and_then(|known| known.modified().ok());
            (path, time, known.map_or(0, |known| known.len()))
        })
        .collect()
}

fn list(args: &Args) -> Result<Exit, Exit> {
    let mut lines = Vec::new();
    if args.store.is_some() {
        let store = open(args)?;
        for saved in store.scripts().map_err(|error| failed(&error))? {
            lines.push(line(&saved.name, &saved.text));
        }
    }
    lines.extend(
        examples()
            .iter()
            .map(|example| line(example.name, example.text)),
    );
    print(lines.join("\n"));
    Ok(Exit::Done)
}

/// `one-town  A town's year on one page: …; town=…, year=latest of town`.
fn line(name: &str, text: &str) -> String {
    let Ok(script) = Script::of_text(name, text) else {
        return name.to_owned();
    };
    let parameters: Vec<String> = script
        .head
        .parameters
        .iter()
        .map(|parameter| {
            let value = parameter.default.as_deref().unwrap_or("…");
            format!("{}={value}", parameter.name)
        })
        .collect();
    format!(
        "{name}  {}\n    --set {}",
        script.head.about,
        parameters.join(" --set ")
    )
}

fn start(name: &str, args: &Args) -> Result<Exit, Exit> {
    let zh = args.lang == Some(Language::Zh);
    let wanted = if zh && !name.contains(".zh") {
        format!("{name}.zh")
    } else {
        name.to_owned()
    };
    let Some(example) = examples().iter().find(|example| example.name == wanted) else {
        let names: Vec<&str> = examples().iter().map(|example| example.name).collect();
        complain(told(
            format!(
                "there is no example {wanted}; there are {}",
                names.join(", ")
            ),
            format!("没有名为{wanted}的示例；有{}", names.join("、")),
        ));
        return Err(Exit::Usage);
    };
    let path = PathBuf::from(format!("{}.md", example.name));
    let made = std::fs::File::create_new(&path)
        .and_then(|mut file| file.write_all(example.text.as_bytes()));
    if let Err(error) = made {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            complain(told(
                format!("{} is there already and is left as it is", path.display()),
                format!("{}已存在，保持不变", path.display()),
            ));
            return Err(Exit::Usage);
        }
        cannot_write(&path.as_path().into(), &error);
        return Err(Exit::Store);
    }
    print(format_args!("{}", path.display()));
    Ok(Exit::Done)
}

fn keep(name: &str, args: &Args) -> Result<Exit, Exit> {
    let script = script(args, &open(args)?)?;
    let path = args.store.as_deref().unwrap_or(Path::new(""));
    let store = crate::upgrade::open(path).map_err(|error| failed(&error))?;
    let replaced = store
        .save_script(name, &script.text)
        .map_err(|error| failed(&error))?;
    store.finish().map_err(|error| failed(&error))?;
    print(match (replaced, lang(args, &script)) {
        (false, Lang::En) => format!("kept {name} in {}", path.display()),
        (true, Lang::En) => format!(
            "kept {name} in {}, in place of the one of that name",
            path.display()
        ),
        (false, Lang::Zh) => format!("已将{name}存入{}", path.display()),
        (true, Lang::Zh) => format!("已将{name}存入{}，取代原有同名脚本", path.display()),
    });
    Ok(Exit::Done)
}

fn drop_one(name: &str, args: &Args) -> Result<Exit, Exit> {
    let path = args.store.as_deref().unwrap_or(Path::new(""));
    let store = crate::upgrade::open(path).map_err(|error| failed(&error))?;
    if store.drop_script(name).map_err(|error| failed(&error))? {
        store.finish().map_err(|error| failed(&error))?;
        return Ok(Exit::Done);
    }
    complain(told(
        format!("there is no script {name} in {}", path.display()),
        format!("{}中没有名为{name}的脚本", path.display()),
    ));
    Err(Exit::Usage)
}
