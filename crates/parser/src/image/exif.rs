//! Reads how a camera was held, because photographs are stored as the sensor saw them, and browsers turn
//! them.

/// Returns true if browsers show a JPEG with its width and height exchanged.
pub(super) fn is_turned(file: &[u8]) -> bool {
    exif(file).and_then(orientation).is_some_and(|orientation| (5..=8).contains(&orientation))
}

/// Finds the Exif data in the first segments of a JPEG.
fn exif(file: &[u8]) -> Option<&[u8]> {
    let mut rest = file.strip_prefix(&[0xff, 0xd8])?;
    loop {
        let [0xff, marker, high, low, ..] = rest else { return None };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let segment = rest.get(4..2 + length)?;
        match (marker, segment.strip_prefix(b"Exif\0\0")) {
            (0xe1, Some(exif)) => return Some(exif),
            // The data of the image follow, so there is no Exif.
            (0xda, _) => return None,
            _ => rest = &rest[2 + length..],
        }
    }
}

fn orientation(exif: &[u8]) -> Option<u16> {
    let order = match exif.get(..4)? {
        [b'M', b'M', 0, 42] => Order::Big,
        [b'I', b'I', 42, 0] => Order::Little,
        _ => return None,
    };
    let start = usize::try_from(order.long(exif.get(4..8)?)?).ok()?;
    let entries = exif.get(start..)?;
    let count = usize::from(order.short(entries.get(..2)?)?);
    let mut entries = entries[2..].chunks_exact(12).take(count);
    let entry = entries.find(|entry| order.short(&entry[..2]) == Some(0x0112))?;
    order.short(&entry[8..10])
}

#[derive(Clone, Copy)]
enum Order {
    Big,
    Little,
}

impl Order {
    fn short(self, bytes: &[u8]) -> Option<u16> {
        let bytes = bytes.try_into().ok()?;
        Some(match self {
            Self::Big => u16::from_be_bytes(bytes),
            Self::Little => u16::from_le_bytes(bytes),
        })
    }

    fn long(self, bytes: &[u8]) -> Option<u32> {
        let bytes = bytes.try_into().ok()?;
        Some(match self {
            Self::Big => u32::from_be_bytes(bytes),
            Self::Little => u32::from_le_bytes(bytes),
        })
    }
}
