use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use zhenzhi::ask::{catalog, names};
use zhenzhi::query::{Catalog, Parameters, roles};
use zhenzhi::store::{Store, StoreError};

/// How long a message waits for counts that are still being made; without them it offers the same names in another
/// order.
const PATIENCE: Duration = Duration::from_millis(700);

/// What questions to the store may speak of. It is fetched beside the loop, first the names, which questions need, then
/// with counts, which take a look at every figure and which only offers need.
pub(super) struct Vocabulary {
    path: PathBuf,
    catalog: Option<Catalog>,
    is_counted: bool,
    coming: Receiver<Result<Catalog, StoreError>>,
    /// What was asked last, for `it`.
    last: Option<String>,
}

impl Vocabulary {
    /// Begins to fetch.
    pub(super) fn fetch(path: &Path) -> Self {
        let (sender, coming) = mpsc::channel();
        let from = path.to_owned();
        thread::spawn(move || send(&from, &sender));
        Self {
            path: path.to_owned(),
            catalog: None,
            is_counted: false,
            coming,
            last: None,
        }
    }

    /// Begins anew, because the store has changed.
    pub(super) fn refetch(&mut self) {
        let last = self.last.take();
        *self = Self::fetch(&self.path);
        self.last = last;
    }

    /// The names, with counts if they are there by now.
    pub(super) fn names(&mut self) -> Result<&Catalog, StoreError> {
        if self.catalog.is_none() {
            let first = self.coming.recv();
            self.take(first.unwrap_or_else(|_| Err(self.gone())))?;
        }
        self.take_what_came();
        self.catalog.as_ref().ok_or_else(|| self.gone())
    }

    /// The names with their counts, unless these take too long.
    pub(super) fn counted(&mut self) -> Result<&mut Catalog, StoreError> {
        self.names()?;
        if !self.is_counted
            && let Ok(counted) = self.coming.recv_timeout(PATIENCE)
        {
            self.is_counted = counted.is_ok();
            self.take(counted)?;
        }
        let gone = self.gone();
        self.catalog.as_mut().ok_or(gone)
    }

    /// What `it` stands for from now on.
    pub(super) fn remember(&mut self, question: &str) {
        self.last = Some(question.to_owned());
        if let Some(catalog) = &mut self.catalog {
            catalog.remember(question);
        }
    }

    fn take_what_came(&mut self) {
        if self.is_counted {
            return;
        }
        if let Ok(Ok(counted)) = self.coming.try_recv() {
            self.is_counted = true;
            // A catalog that is there is not taken back by an error of another.
            let _ = self.take(Ok(counted));
        }
    }

    fn take(&mut self, came: Result<Catalog, StoreError>) -> Result<(), StoreError> {
        let mut catalog = came?;
        if let Some(last) = &self.last {
            catalog.remember(last.clone());
        }
        self.catalog = Some(catalog);
        Ok(())
    }

    /// The store was there when the shell opened it.
    fn gone(&self) -> StoreError {
        StoreError::CannotOpen {
            path: self.path.clone(),
        }
    }
}

/// That nobody waits any more is no error.
fn send(path: &Path, to: &Sender<Result<Catalog, StoreError>>) {
    let store = match Store::open_read_only(path) {
        Ok(store) => store,
        Err(error) => {
            let _ = to.send(Err(error));
            return;
        }
    };
    for fetch in [names, catalog] {
        let fetched = fetch(&store).inspect(warm);
        if to.send(fetched).is_err() {
            return;
        }
    }
}

/// The tables of names are built at their first use, which would be the first key that is pressed.
fn warm(catalog: &Catalog) {
    let _ = roles("x", catalog);
    let _ = zhenzhi::query::compile_with("?", catalog, &Parameters::new());
}
