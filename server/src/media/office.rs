//! Word, Excel and PowerPoint: packages of XML (ECMA-376, part 2) whose list of contents names the kind of document.

use app::media::Kind;
use app::media::refusal::UploadRefusal;
use std::io::{Cursor, Read, copy, sink};
use zip::ZipArchive;
use zip::result::ZipError;

/// More parts than a presentation of a thousand pictures has.
const MOST_PARTS: usize = 5000;
/// Unpacked, all parts together.
const MOST_UNPACKED: u64 = 100_000_000;
const CONTENTS: &str = "[Content_Types].xml";
/// The list of contents is a few kilobytes.
const LONGEST_CONTENTS: u64 = 1_000_000;

pub fn judge(kind: Kind, bytes: &[u8]) -> Result<(), UploadRefusal> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).map_err(|_| UploadRefusal::Unreadable)?;
    if package.len() > MOST_PARTS {
        return Err(UploadRefusal::Bomb);
    }
    let names: Vec<String> = package
        .file_names()
        .map(|name| name.map(|name| name.into_owned()))
        .collect::<Result<_, _>>()
        .map_err(refused)?;
    // No program that writes documents names a part so; one that unpacks them would write outside its folder.
    if names.iter().any(|name| name.starts_with('/') || name.contains('\\') || name.split('/').any(|step| step == ".."))
    {
        return Err(UploadRefusal::Bomb);
    }
    if names.iter().any(|name| name.to_ascii_lowercase().ends_with("vbaproject.bin")) {
        return Err(UploadRefusal::Active(MACROS));
    }
    let contents = contents(&mut package, &names)?;
    if !contents.contains(main_part(kind)) {
        // A document with macros has another main part, also under a harmless name.
        let macros = contents.contains("macroEnabled");
        return Err(if macros { UploadRefusal::Active(MACROS) } else { UploadRefusal::OtherContent(kind.extension()) });
    }
    unpacks_to_little(&mut package)
}

const MACROS: &str = "makron";

fn main_part(kind: Kind) -> &'static str {
    match kind {
        Kind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        Kind::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
        _ => "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    }
}

type Package<'a> = ZipArchive<Cursor<&'a [u8]>>;

fn contents(package: &mut Package, names: &[String]) -> Result<String, UploadRefusal> {
    let at = names.iter().position(|name| name == CONTENTS).ok_or(UploadRefusal::Unreadable)?;
    let part = package.by_index(at).map_err(refused)?;
    let mut text = String::new();
    part.take(LONGEST_CONTENTS).read_to_string(&mut text).map_err(|_| UploadRefusal::Unreadable)?;
    Ok(text)
}

/// Every part is unpacked, into nothing: what a package says of its own sizes is not believed, only what says too much
/// already is refused at once.
fn unpacks_to_little(package: &mut Package) -> Result<(), UploadRefusal> {
    if package.decompressed_size().is_some_and(|said| said > u128::from(MOST_UNPACKED)) {
        return Err(UploadRefusal::Bomb);
    }
    let mut left = MOST_UNPACKED;
    for at in 0..package.len() {
        let part = package.by_index(at).map_err(refused)?;
        let read = copy(&mut part.take(left + 1), &mut sink()).map_err(|_| UploadRefusal::Unreadable)?;
        left = left.checked_sub(read).ok_or(UploadRefusal::Bomb)?;
    }
    Ok(())
}

fn refused(error: ZipError) -> UploadRefusal {
    match error {
        ZipError::UnsupportedArchive(_) | ZipError::InvalidPassword => UploadRefusal::Locked,
        _ => UploadRefusal::Unreadable,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipWriter};

    /// A package of these parts, the list of contents first.
    pub(crate) fn package(main: &str, parts: &[(&str, &[u8])]) -> Vec<u8> {
        let contents = format!("<Types><Override PartName=\"/main.xml\" ContentType=\"{main}\"/></Types>");
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for (name, bytes) in [(CONTENTS, contents.as_bytes())].iter().chain(parts) {
            zip.start_file(*name, options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn word(parts: &[(&str, &[u8])]) -> Vec<u8> {
        package(main_part(Kind::Docx), parts)
    }

    #[test]
    fn a_document_is_what_its_list_of_contents_says() {
        let document = word(&[("word/document.xml", b"<w:document/>")]);
        assert_eq!(judge(Kind::Docx, &document), Ok(()));
        assert_eq!(judge(Kind::Xlsx, &document), Err(UploadRefusal::OtherContent("xlsx")));
        assert_eq!(judge(Kind::Docx, &document[..document.len() / 2]), Err(UploadRefusal::Unreadable));
    }

    #[test]
    fn macros_are_refused_under_any_name() {
        let active = Err(UploadRefusal::Active(MACROS));
        assert_eq!(judge(Kind::Docx, &word(&[("word/vbaProject.bin", b"x")])), active);
        let macros = package("application/vnd.ms-word.document.macroEnabled.main+xml", &[]);
        assert_eq!(judge(Kind::Docx, &macros), active);
    }

    #[test]
    fn no_part_is_named_outside_the_package() {
        for name in ["../../etc/passwd", "word/../../x", "/etc/passwd", "word\\..\\x"] {
            let judged = judge(Kind::Docx, &word(&[(name, b"x")]));
            assert_eq!(judged, Err(UploadRefusal::Bomb), "{name}");
        }
    }

    #[test]
    fn what_unpacks_to_more_than_a_document_is_refused() {
        // Ten megabytes of nothing, eleven times: small in the package.
        let nothing = vec![0; 10_000_000];
        let names: Vec<String> = (0..11).map(|n| format!("word/{n}.xml")).collect();
        let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), nothing.as_slice())).collect();
        let bomb = word(&parts);
        assert!(bomb.len() < 1_000_000);
        assert_eq!(judge(Kind::Docx, &bomb), Err(UploadRefusal::Bomb));
        // The same, but its own directory says that each part is one byte long: it is not believed.
        let mut liar = bomb;
        let said = 10_000_000_u32.to_le_bytes();
        for at in 0..liar.len() - 4 {
            if liar[at..at + 4] == said {
                liar[at..at + 4].copy_from_slice(&1_u32.to_le_bytes());
            }
        }
        assert!(judge(Kind::Docx, &liar).is_err());
    }

    #[test]
    fn a_package_of_too_many_parts_is_refused() {
        let names: Vec<String> = (0..=MOST_PARTS).map(|n| n.to_string()).collect();
        let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
        assert_eq!(judge(Kind::Docx, &word(&parts)), Err(UploadRefusal::Bomb));
    }
}
