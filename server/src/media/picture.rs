//! Pictures: decoded within limits and written anew, so that nothing but what they show is kept. Place, time and camera
//! (EXIF), and whatever was hidden behind the last pixel, are left behind.

use app::media::Kind;
use app::media::refusal::UploadRefusal;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngEncoder};
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// A picture as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    pub kind: Kind,
    pub bytes: Vec<u8>,
    pub size: (u32, u32),
}

/// Wider than any column of ours on a fine screen.
const WIDEST: u32 = 1600;
/// Long pictures (a flow chart) may be longer than they are wide.
const LONGEST: u32 = 4800;
/// More than any camera gives on one side, and in all; decoded, a pixel takes up to eight bytes.
const LARGEST_SIDE: u32 = 12_000;
const MOST_PIXELS: u64 = 50_000_000;
const MOST_MEMORY: u64 = 512 * 1024 * 1024;
/// Of 100: photographs look the same, at half the size of 95.
const QUALITY: u8 = 82;

pub fn anew(kind: Kind, bytes: &[u8]) -> Result<Made, UploadRefusal> {
    let format = match kind {
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Png => ImageFormat::Png,
        Kind::Webp => ImageFormat::WebP,
        _ => return Err(UploadRefusal::Unreadable),
    };
    let shown = turned_upright(format, bytes)?;
    let (width, height) = (shown.width(), shown.height());
    let shown =
        if width > WIDEST || height > LONGEST { shown.resize(WIDEST, LONGEST, FilterType::Lanczos3) } else { shown };
    let size = (shown.width(), shown.height());
    // WebP can only be written without loss here, which makes photographs many times larger.
    let see_through = shown.color().has_alpha();
    let kind = match kind {
        Kind::Webp if see_through => Kind::Png,
        Kind::Webp => Kind::Jpeg,
        other => other,
    };
    let mut bytes = Vec::new();
    let written = if kind == Kind::Jpeg {
        shown.into_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))
    } else {
        let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, PngFilter::Adaptive);
        if see_through {
            shown.into_rgba8().write_with_encoder(encoder)
        } else {
            shown.into_rgb8().write_with_encoder(encoder)
        }
    };
    written.map_err(|_| UploadRefusal::Unreadable)?;
    Ok(Made { kind, bytes, size })
}

/// Decoded, with the turn that the camera noted beside the pixels.
fn turned_upright(format: ImageFormat, bytes: &[u8]) -> Result<DynamicImage, UploadRefusal> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    // The decoder itself may not take more than this, whatever the header says later; the sides are judged below, where
    // the refusal can name them.
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| UploadRefusal::Unreadable)?;
    let (width, height) = decoder.dimensions();
    if width.max(height) > LARGEST_SIDE || u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(UploadRefusal::TooManyPixels(width, height));
    }
    let orientation = decoder.orientation().map_err(|_| UploadRefusal::Unreadable)?;
    let mut shown = DynamicImage::from_decoder(decoder).map_err(|_| UploadRefusal::Unreadable)?;
    shown.apply_orientation(orientation);
    Ok(shown)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use image::{Rgb, RgbImage, Rgba, RgbaImage};

    /// A red picture of that size, as a program writes it.
    pub(crate) fn picture(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        RgbImage::from_pixel(width, height, Rgb([200, 30, 30])).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// A JPEG with an EXIF part that turns it on its side and tells a place.
    fn with_exif(jpeg: &[u8]) -> Vec<u8> {
        let mut tiff = b"II*\0\x08\0\0\0\x02\0".to_vec();
        // Orientation (0x112), a short: 6, a quarter turn.
        tiff.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0");
        // The GPS part (0x8825) begins right after this one.
        tiff.extend(b"\x25\x88\x04\0\x01\0\0\0\x26\0\0\0\0\0\0\0");
        tiff.extend(b"\x01\0\x01\0\x02\0\x02\0\0\0N\0\0\0\0\0\0\0GPS-PLATS-59.3293");
        let length = u16::try_from(tiff.len() + 8).unwrap().to_be_bytes();
        [&jpeg[..2], b"\xff\xe1", &length, b"Exif\0\0", &tiff, &jpeg[2..]].concat()
    }

    #[test]
    fn place_and_turn_are_gone_and_the_picture_stands_upright() {
        let photo = with_exif(&picture(ImageFormat::Jpeg, 8, 4));
        assert!(photo.windows(9).any(|part| part == b"GPS-PLATS"));
        let made = anew(Kind::Jpeg, &photo).unwrap();
        assert_eq!(made.size, (4, 8), "turned as the camera was held");
        for trace in [b"Exif".as_slice(), b"GPS-PLATS"] {
            assert!(!made.bytes.windows(trace.len()).any(|part| part == trace));
        }
    }

    #[test]
    fn what_stands_behind_the_last_pixel_is_gone() {
        for (kind, format) in [(Kind::Jpeg, ImageFormat::Jpeg), (Kind::Png, ImageFormat::Png)] {
            let polyglot = [picture(format, 3, 2), b"PK\x03\x04<script>alert(1)</script>".to_vec()].concat();
            let made = anew(kind, &polyglot).unwrap();
            assert!(!made.bytes.windows(7).any(|part| part == b"<script"), "{kind:?}");
            assert_eq!((made.kind, made.size), (kind, (3, 2)));
        }
    }

    #[test]
    fn a_wide_picture_is_made_as_wide_as_a_page() {
        assert_eq!(anew(Kind::Png, &picture(ImageFormat::Png, 1700, 17)).unwrap().size, (1600, 16));
    }

    #[test]
    fn webp_becomes_what_every_program_reads() {
        assert_eq!(anew(Kind::Webp, &picture(ImageFormat::WebP, 3, 2)).unwrap().kind, Kind::Jpeg);
        let mut bytes = Cursor::new(Vec::new());
        RgbaImage::from_pixel(2, 2, Rgba([0, 0, 0, 0])).write_to(&mut bytes, ImageFormat::WebP).unwrap();
        assert_eq!(anew(Kind::Webp, bytes.get_ref()).unwrap().kind, Kind::Png);
    }

    /// The beginning of a PNG that says to be so large, with the checksum that belongs to it.
    pub(crate) fn png_that_claims(width: u32, height: u32) -> Vec<u8> {
        let mut header = b"IHDR".to_vec();
        header.extend(width.to_be_bytes());
        header.extend(height.to_be_bytes());
        header.extend([8, 2, 0, 0, 0]);
        let checksum = crc(&header).to_be_bytes();
        [b"\x89PNG\r\n\x1a\n".as_slice(), &13_u32.to_be_bytes(), &header, &checksum, b"\0\0\0\0IDAT\x35\xaf\x06\x1e"]
            .concat()
    }

    /// CRC-32 as PNG counts it (annex D).
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 })
        })
    }

    #[test]
    fn a_picture_that_would_fill_the_memory_is_refused_by_its_size() {
        assert_eq!(
            anew(Kind::Png, &png_that_claims(50_000, 50_000)),
            Err(UploadRefusal::TooManyPixels(50_000, 50_000))
        );
        assert_eq!(
            anew(Kind::Png, &png_that_claims(11_000, 11_000)),
            Err(UploadRefusal::TooManyPixels(11_000, 11_000))
        );
    }

    #[test]
    fn a_picture_that_was_cut_off_is_refused() {
        for (kind, format) in
            [(Kind::Png, ImageFormat::Png), (Kind::Jpeg, ImageFormat::Jpeg), (Kind::Webp, ImageFormat::WebP)]
        {
            let whole = picture(format, 60, 40);
            assert_eq!(anew(kind, &whole[..20]), Err(UploadRefusal::Unreadable), "{kind:?}");
        }
        let png = picture(ImageFormat::Png, 60, 40);
        assert_eq!(anew(Kind::Png, &png[..png.len() - 30]), Err(UploadRefusal::Unreadable));
    }
}
