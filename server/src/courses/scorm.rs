//! A course as a SCORM 1.2 package (ADL, Content Aggregation Model 1.2): one self-contained zip, the same bytes for the same
//! course.

use anyhow::Result;
use app::courses::Course;
use app::courses::package::{escaped, page, script};
use app::desk::Download;
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::sync::{Arc, Mutex, PoisonError};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

const PLAYER: &str = include_str!("scorm/player.js");
const STYLE: &str = concat!(include_str!("../../../style/tokens.css"), include_str!("scorm/style.css"));
const FILES: [&str; 4] = ["index.html", "course.js", "player.js", "style.css"];

/// The course that it was made of, and its bytes.
type Package = (Arc<Course>, Arc<Vec<u8>>);

/// The packages that have been asked for, each until its course changes.
#[derive(Default)]
pub struct Packages(Mutex<BTreeMap<String, Package>>);

impl Packages {
    pub async fn of(&self, course: &Arc<Course>, base_url: &str) -> Result<Download> {
        let kept = self.kept(course);
        let bytes = match kept {
            Some(bytes) => bytes,
            None => {
                let (making, base_url) = (Arc::clone(course), base_url.to_owned());
                let bytes = Arc::new(tokio::task::spawn_blocking(move || package(&making, &base_url)).await??);
                let made = (Arc::clone(course), Arc::clone(&bytes));
                self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(course.slug.clone(), made);
                bytes
            }
        };
        let name = format!("{}.scorm12.zip", course.slug);
        Ok(Download { name, mime: "application/zip", bytes: bytes.to_vec() })
    }

    fn kept(&self, course: &Arc<Course>) -> Option<Arc<Vec<u8>>> {
        let packages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        packages.get(&course.slug).filter(|(known, _)| Arc::ptr_eq(known, course)).map(|(_, bytes)| Arc::clone(bytes))
    }
}

pub fn package(course: &Course, base_url: &str) -> Result<Vec<u8>> {
    let (page, script, manifest) = (page(course, base_url), script(course, base_url), manifest(course));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let as_always = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let texts = [page.as_str(), script.as_str(), PLAYER, STYLE];
    for (name, text) in std::iter::once(("imsmanifest.xml", manifest.as_str())).chain(FILES.into_iter().zip(texts)) {
        zip.start_file(name, as_always)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// One organization with one item: the course is one SCO, which knows its own modules. Without `masteryscore`, by which a
/// platform would judge by the score alone (RTE 3.4.4): each module has to be passed, and who has passed stays so.
fn manifest(course: &Course) -> String {
    let (id, title) = (course.slug.replace('-', "_"), escaped(&course.title));
    let files: String = FILES.iter().map(|file| format!("      <file href=\"{file}\"/>\n")).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <manifest identifier=\"frid_{id}\" version=\"{}\" xmlns=\"http://www.imsproject.org/xsd/imscp_rootv1p1p2\" \
         xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_rootv1p2\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd \
         http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd\">\n\
         \x20 <metadata>\n    <schema>ADL SCORM</schema>\n    <schemaversion>1.2</schemaversion>\n  </metadata>\n\
         \x20 <organizations default=\"course\">\n    <organization identifier=\"course\">\n      <title>{title}</title>\n\
         \x20     <item identifier=\"item\" identifierref=\"resource\" isvisible=\"true\">\n        <title>{title}</title>\n\
         \x20     </item>\n    </organization>\n  </organizations>\n\
         \x20 <resources>\n    <resource identifier=\"resource\" type=\"webcontent\" adlcp:scormtype=\"sco\" href=\"index.html\">\n\
         {files}    </resource>\n  </resources>\n</manifest>\n",
        course.version
    )
}
