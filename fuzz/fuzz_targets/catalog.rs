//! What the questions of all targets are about: the program's vocabulary and a few places.

use std::collections::HashMap;
use std::sync::LazyLock;

use zhenzhi::extract::lexicon::indicators;
use zhenzhi::fact::{Place, PlaceKind};
use zhenzhi::query::{Catalog, CatalogPlace};

pub static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let place = |id, name: &str, kind| CatalogPlace {
        id,
        place: Place {
            name: name.into(),
            kind,
            code: None,
            county: Some("德清县".into()),
            city: Some("湖州市".into()),
            province: Some("浙江省".into()),
        },
        reports: 1,
    };
    let places = vec![
        place(1, "云塘镇", PlaceKind::Town),
        place(2, "城关镇", PlaceKind::Town),
        place(3, "城关镇", PlaceKind::Town),
        place(4, "青枫县", PlaceKind::County),
    ];
    Catalog::new(indicators().to_vec(), places, vec![2022, 2023], HashMap::new())
});
