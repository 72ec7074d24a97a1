//! The code that draws cards names the libraries that decide their bytes, because a new version must draw
//! them again.

use crate::project::{manifest, read};

/// The libraries that turn an SVG into bytes.
const LIBRARIES: [&str; 5] = ["resvg", "usvg", "tiny-skia", "png", "fdeflate"];

#[test]
fn cards_are_drawn_anew_by_new_libraries() {
    let lock = manifest("Cargo.lock");
    let packages = lock["package"].as_array().expect("a lock lists packages");
    let text = |package: &toml::Value, key: &str| package[key].as_str().unwrap_or_default().to_owned();
    let said = read("crates/render/src/render/card/draw.rs");
    for library in LIBRARIES {
        let package = packages.iter().find(|package| text(package, "name") == library);
        let version = text(package.expect("the library is used"), "version");
        assert!(said.contains(&format!("{library} {version}")), "DRAWN_BY does not say {library} {version}");
    }
}
