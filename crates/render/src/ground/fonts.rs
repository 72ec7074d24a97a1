//! The fonts that cards are written with: the theme's and the site's own. The system's are never used, so that a site is
//! the same wherever it is built.

use std::collections::BTreeSet;
use std::sync::Arc;

use resvg::usvg::fontdb::{Database, Family, ID, Query, Source, Weight};
use sitegen_model::{File, Inputs, Kept};
use sitegen_parser::Diagnostics;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};

use crate::ground::errors;

/// The fonts of a site and its theme.
#[derive(Debug, Default)]
pub(crate) struct Fonts {
    pub database: Arc<Database>,
    faces: Vec<Face>,
}

#[derive(Debug)]
struct Face {
    id: ID,
    file: Arc<[u8]>,
    index: u32,
}

/// The extensions of font files. `woff` and `woff2` cannot be read, but are listed because they are reported.
const EXTENSIONS: [&str; 6] = ["otc", "otf", "ttc", "ttf", "woff", "woff2"];

/// The widths of characters in one face, or in others where it lacks them.
pub(crate) struct Ruler<'a> {
    faces: Vec<(skrifa::charmap::Charmap<'a>, skrifa::metrics::GlyphMetrics<'a>)>,
}

impl Fonts {
    /// Loads the fonts of a site and its theme, unless they are the same as before.
    pub(crate) fn kept(inputs: &Inputs, previous: &Kept<Self>) -> Kept<Self> {
        let is_font = |name: &str| {
            let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
            EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known))
        };
        let mut files = inputs.layered("fonts");
        files.retain(|name, _| is_font(name));
        Kept::or_make(Some(previous), files, |files| {
            let mut fonts = Self::default();
            let mut diagnostics = Diagnostics::new();
            for (path, file) in files.values() {
                diagnostics.extend(match file {
                    File::Unreadable(_) | File::Stray(_) | File::Doubled => file.source(path).err(),
                    _ => (!fonts.add(file)).then(|| errors::invalid_font(path)),
                });
            }
            fonts.settle();
            (fonts, diagnostics)
        })
    }

    /// Adds the faces in a file, and returns false if there are none.
    fn add(&mut self, file: &File) -> bool {
        let File::Loaded(bytes) = file else { return false };
        let database = Arc::make_mut(&mut self.database);
        let ids = database.load_font_source(Source::Binary(Arc::new(Arc::clone(bytes))));
        for id in &ids {
            let index = database.face(*id).map_or(0, |face| face.index);
            self.faces.push(Face { id: *id, file: Arc::clone(bytes), index });
        }
        !ids.is_empty()
    }

    /// Makes the first family stand for every generic family that a card may name.
    fn settle(&mut self) {
        let Some(first) = self.families().next().map(str::to_owned) else { return };
        let database = Arc::make_mut(&mut self.database);
        database.set_serif_family(&first);
        database.set_sans_serif_family(&first);
        database.set_cursive_family(&first);
        database.set_fantasy_family(&first);
        database.set_monospace_family(&first);
    }

    /// Lists the names of the families, each once, in the order of their files.
    pub(crate) fn families(&self) -> impl Iterator<Item = &str> {
        let faces = self.faces.iter().filter_map(|face| self.database.face(face.id));
        let mut seen = BTreeSet::new();
        faces
            .flat_map(|face| &face.families)
            .map(|(name, _)| name.as_str())
            .filter(move |name| seen.insert(*name))
    }

    /// Returns the widths of characters in a family's face; none if there is no such family.
    pub(crate) fn ruler(&self, family: &str, weight: u16) -> Option<Ruler<'_>> {
        let query = Query { families: &[Family::Name(family)], weight: Weight(weight), ..Query::default() };
        let chosen = self.database.query(&query)?;
        let (first, others): (Vec<_>, Vec<_>) = self.faces.iter().partition(|face| face.id == chosen);
        let faces = first.into_iter().chain(others).filter_map(|face| {
            let font = FontRef::from_index(&face.file, face.index).ok()?;
            let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
            Some((font.charmap(), metrics))
        });
        Some(Ruler { faces: faces.collect() })
    }
}

impl Ruler<'_> {
    /// Returns the width of a character in multiples of the font size. A character that no font has is drawn
    /// as a box.
    pub(crate) fn width(&self, char: char) -> f32 {
        let known = self.faces.iter().find_map(|(glyphs, metrics)| metrics.advance_width(glyphs.map(char)?));
        let missing =
            || self.faces.first().and_then(|(_, metrics)| metrics.advance_width(skrifa::GlyphId::NOTDEF));
        known.or_else(missing).unwrap_or(1.0)
    }
}
