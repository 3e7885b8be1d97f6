//! Stores opened to write: an older one is brought up to date, and that is said.

use std::path::Path;

use zhenzhi::store::{Store, StoreError};

use crate::output::complain;

/// Opens a store that is there to write to it.
pub(crate) fn open(path: &Path) -> Result<Store, StoreError> {
    Store::open(path).inspect(tell)
}

/// Opens a store to write to it, or makes it.
pub(crate) fn open_or_create(path: &Path) -> Result<Store, StoreError> {
    Store::open_or_create(path).inspect(tell)
}

/// Says what was done to an older store.
fn tell(store: &Store) {
    if let Some(done) = store.migration() {
        complain(format_args!(
            "{} was of version {} and is of version {} now; the file as it was is {}",
            store.path().display(),
            done.from,
            done.to,
            done.copy.display()
        ));
    }
}
