//! Stores opened to write: an older one is brought up to date, and that is said. Where another program writes, it is
//! waited for.

use std::path::Path;

use zhenzhi::store::{Migration, Store, StoreError};

use crate::language::told;
use crate::output::complain;
use crate::patience::keep_waiting;

/// Opens a store that is there to write to it.
pub(crate) fn open(path: &Path) -> Result<Store, StoreError> {
    Store::open(path).and_then(patient)
}

/// Opens a store to write to it, or makes it.
pub(crate) fn open_or_create(path: &Path) -> Result<Store, StoreError> {
    Store::open_or_create(path).and_then(patient)
}

fn patient(mut store: Store) -> Result<Store, StoreError> {
    tell(&store);
    store.wait_while(keep_waiting)?;
    Ok(store)
}

/// Says what was done to an older store.
fn tell(store: &Store) {
    if let Some(done) = store.migration() {
        let (path, copy) = (store.path().display(), done.copy.display());
        let Migration { from, to, .. } = done;
        complain(told(
            format!(
                "{path} was of version {from} and is of version {to} now; the file as it was is {copy}"
            ),
            format!("{path}原为版本{from}，现已升级为版本{to}；原文件保存为{copy}"),
        ));
    }
}
