//! Drawing of an SVG as a PNG.

use std::collections::HashMap;
use std::sync::Arc;

use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use crate::ground::fonts::Fonts;
use crate::page::card::SIZE;

/// The versions of the libraries that draw and of this file, because the bytes of an image depend on them,
/// too. A law compares them to `Cargo.lock`.
pub(super) const DRAWN_BY: &str =
    "resvg 0.49.0, usvg 0.49.0, tiny-skia 0.12.0, png 0.18.1, fdeflate 0.3.7, file 1";

/// Draws an SVG that was checked to be a card.
pub(super) fn draw(svg: &str, fonts: &Fonts) -> Vec<u8> {
    let tree = Tree::from_str(svg, &options(fonts)).expect("what was checked can be drawn");
    let mut pixels = Pixmap::new(SIZE.0, SIZE.1).expect("the size is not zero");
    pixels.fill(Color::WHITE);
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    encode(&pixels)
}

/// Makes options by which nothing is read but the SVG and the fonts.
fn options(fonts: &Fonts) -> Options<'_> {
    Options {
        font_family: fonts.families().next().unwrap_or_default().to_owned(),
        fontdb: Arc::clone(&fonts.database),
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    }
}

fn encode(pixels: &Pixmap) -> Vec<u8> {
    let (palette, indexes) = by_palette(pixels);
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, SIZE.0, SIZE.1);
    encoder.set_depth(BitDepth::Eight);
    // Measurements show that fast compression is good with a palette, and that without one only the slower
    // is.
    let image = match indexes {
        Some(indexes) => {
            encoder.set_color(ColorType::Indexed);
            encoder.set_palette(palette.concat());
            encoder.set_compression(Compression::Fast);
            encoder.set_filter(Filter::Up);
            indexes
        }
        None => {
            encoder.set_color(ColorType::Rgb);
            encoder.set_compression(Compression::Balanced);
            encoder.set_filter(Filter::NoFilter);
            colours(pixels).flatten().collect()
        }
    };
    let written = encoder.write_header().and_then(|mut writer| {
        writer.write_image_data(&image)?;
        writer.finish()
    });
    written.expect("memory takes all");
    file
}

/// Collects the colors of an image in the order in which they appear, and the index of each pixel's color;
/// there are no indexes if a palette cannot hold all colors.
/// more colors than a palette takes.
fn by_palette(pixels: &Pixmap) -> (Vec<[u8; 3]>, Option<Vec<u8>>) {
    let mut palette: Vec<[u8; 3]> = Vec::new();
    let mut known: HashMap<[u8; 3], u8> = HashMap::new();
    let mut indexes = Vec::with_capacity(pixels.pixels().len());
    let mut last: Option<([u8; 3], u8)> = None;
    for colour in colours(pixels) {
        let index = match last.filter(|(before, _)| *before == colour) {
            Some((_, index)) => index,
            None => match known.get(&colour) {
                Some(index) => *index,
                None => {
                    let Ok(index) = u8::try_from(palette.len()) else { return (palette, None) };
                    palette.push(colour);
                    known.insert(colour, index);
                    index
                }
            },
        };
        last = Some((colour, index));
        indexes.push(index);
    }
    (palette, Some(indexes))
}

/// Lists the colors of the pixels, which are opaque.
fn colours(pixels: &Pixmap) -> impl Iterator<Item = [u8; 3]> {
    pixels.pixels().iter().map(|pixel| [pixel.red(), pixel.green(), pixel.blue()])
}
