//! From files to the library: read, check, contribute; tell what happened.

use super::authorship::{Author, Decision};
use super::store::{Contribution, contribute};
use crate::content::{self, Content, Problem};
use crate::db::Db;
use crate::events::shipped::{Brought, put_in};
use anyhow::{Context, Result};
use std::path::Path;

/// A file of a content folder: its path within the folder, and its text.
pub type File = (String, String);

/// What an import did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub published: Vec<String>,
    /// Laid as drafts, because somebody else has changed the document since.
    pub drafts: Vec<String>,
    pub unchanged: usize,
    /// Files that were left out; what was published before stays.
    pub broken: Vec<Problem>,
}

/// Contributes each readable file; a broken one is reported and stops nothing.
pub async fn import(db: &Db, files: &[File], author: Author, now: i64) -> Result<Report> {
    let mut report = Report::default();
    let (mut contributions, mut events) = (Vec::new(), Vec::new());
    for (path, body) in files {
        match content::parse(path, body) {
            Ok(Content::Events(source)) => events.push(source),
            Ok(_) => contributions.push(Contribution { path, body, author, now }),
            Err(problems) => report.broken.extend(problems),
        }
    }
    let decisions = contribute(db, &contributions).await?;
    for (contribution, decision) in contributions.iter().zip(decisions) {
        match decision {
            Decision::Publish => report.published.push(contribution.path.to_owned()),
            Decision::Draft => report.drafts.push(contribution.path.to_owned()),
            Decision::Unchanged => report.unchanged += 1,
        }
    }
    let brought = if author == Author::Shipped { Brought::WithTheProgram } else { Brought::ByAnOperator };
    let new = put_in(db, &events, brought, now).await?;
    report.unchanged += events.len() - new.len();
    report.published.extend(new);
    Ok(report)
}

/// The content that is built into the program.
pub fn shipped() -> Vec<File> {
    crate::assets::SHIPPED.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// Every file under `folder`, sorted by path. Hidden files are left out; a file that is no UTF-8 is a problem of its own.
pub fn read_folder(folder: &Path) -> Result<(Vec<File>, Vec<Problem>)> {
    let mut read = (Vec::new(), Vec::new());
    collect(folder, folder, &mut read)?;
    read.0.sort();
    Ok(read)
}

fn collect(root: &Path, folder: &Path, read: &mut (Vec<File>, Vec<Problem>)) -> Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let path = entry.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        // Not following links: a folder that holds itself would never end.
        let kind = entry.file_type()?;
        if kind.is_dir() {
            collect(root, &path, read)?;
            continue;
        }
        let within = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
        let mut fault = |line: usize, message: String| read.1.push(Problem::new(&within, line, message));
        if !kind.is_file() {
            fault(1, "det här är ingen vanlig fil; lägg själva filen här".into());
            continue;
        }
        match std::fs::read(&path).map(String::from_utf8) {
            Err(error) => fault(1, format!("filen går inte att läsa ({error})")),
            Ok(Ok(text)) if text.contains('\0') => fault(1, "filen innehåller nolltecken och är ingen textfil".into()),
            Ok(Ok(text)) => read.0.push((within, text)),
            Ok(Err(error)) => {
                let whole = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                let line = 1 + whole.iter().filter(|byte| **byte == b'\n').count();
                fault(line, "filen är inte sparad som UTF-8; spara om den så".into());
            }
        }
    }
    Ok(())
}
