//! Reads the size of an image from the first bytes of its file.

mod exif;
mod svg;

/// The size of an image as a browser shows it, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ImageSize {
    /// Its width, at least 1.
    pub width: u32,
    /// Its height, at least 1.
    pub height: u32,
}

/// The number of bytes at a file's beginning that tell an image's size. It is large because cameras put
/// previews and profiles before the size.
pub const IMAGE_HEAD: usize = 256 << 10;

/// The longest side of an image that browsers show.
const LARGEST: usize = 1 << 20;

impl ImageSize {
    /// The extensions of files that browsers show as images.
    pub const EXTENSIONS: [&str; 7] = ["avif", "gif", "jpeg", "jpg", "png", "svg", "webp"];

    /// Returns true if a file with this name is an image.
    pub fn is_of(name: &str) -> bool {
        name.rsplit_once('.').is_some_and(|(_, extension)| {
            Self::EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known))
        })
    }

    /// Reads the size of an image from the first [`IMAGE_HEAD`] bytes of its file. None if they do not tell.
    pub fn read(head: &[u8]) -> Option<Self> {
        match imagesize::blob_size(head) {
            Ok(size) if exif::is_turned(head) => Self::of(size.height, size.width),
            Ok(size) => Self::of(size.width, size.height),
            Err(_) => svg::size(&String::from_utf8_lossy(head)),
        }
    }

    fn of(width: usize, height: usize) -> Option<Self> {
        let side = |length: usize| u32::try_from(length).ok().filter(|_| (1..=LARGEST).contains(&length));
        Some(Self { width: side(width)?, height: side(height)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(head: &[u8]) -> Option<(u32, u32)> {
        ImageSize::read(head).map(|size| (size.width, size.height))
    }

    /// A photograph with an orientation, up to the end of its header.
    fn photograph(orientation: u8) -> Vec<u8> {
        let exif = [
            b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01".as_slice(),
            &[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0],
        ]
        .concat();
        let length = u8::try_from(exif.len() + 2).expect("is short");
        let frame = [0xff, 0xc0, 0, 11, 8, 0, 30, 0, 40, 1, 1, 0x11, 0];
        [&[0xff, 0xd8, 0xff, 0xe1, 0, length], exif.as_slice(), &frame].concat()
    }

    #[test]
    fn a_photograph_is_as_large_as_it_is_shown() {
        assert_eq!(size(&photograph(1)), Some((40, 30)));
        assert_eq!(size(&photograph(6)), Some((30, 40)));
    }

    #[test]
    fn drawings_say_their_size_in_several_ways() {
        assert_eq!(size(b"<svg width='20' height=\"1in\">"), Some((20, 96)));
        assert_eq!(size(b"<?xml version='1.0'?><!-- <svg> --><svg viewBox='0 0 30,40'/>"), Some((30, 40)));
        assert_eq!(size(b"<svg width='100%' viewBox='0 0 3.6 4'>"), Some((4, 4)));
        assert_eq!(size(b"<svg width='60' viewBox='0 0 30 40'>"), Some((60, 80)));
        assert_eq!(size(b"<svg>"), None);
        assert_eq!(size(b"<html>"), None);
    }

    #[test]
    fn what_is_cut_short_has_no_size() {
        let whole = photograph(6);
        for end in 0..whole.len() {
            let _any = size(&whole[..end]);
        }
        assert_eq!(size(&whole[..12]), None);
        assert_eq!(size(b""), None);
    }
}
