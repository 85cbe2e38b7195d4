//! Who may take a page which step further. Pure.

use super::Draft;
use crate::counties::County;
use crate::viewer::{Editor, Refusal, Staff, Viewer};
use std::ops::Deref;

/// May publish one page: a county's page takes one pair of eyes, a national one two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publisher(Editor);

impl Deref for Publisher {
    type Target = Staff;

    fn deref(&self) -> &Staff {
        &self.0
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotYet {
    Refused(Refusal),
    /// A national page is published by a reviewer.
    NeedsReviewer,
    /// ... and not by the one who wrote it last.
    NeedsOtherEyes,
}

/// Who may publish this draft as it stands.
pub fn publisher(viewer: &Viewer, draft: &Draft) -> Result<Publisher, NotYet> {
    let publisher = ender(viewer, draft.written.county())?;
    if draft.written.county().is_none() && publisher.account == draft.writer {
        return Err(NotYet::NeedsOtherEyes);
    }
    Ok(publisher)
}

/// Who may take a published page away, or say that it still holds: no words are written then, so one pair of eyes is
/// enough, if they are a reviewer's for a national page.
pub fn ender(viewer: &Viewer, county: Option<&County>) -> Result<Publisher, NotYet> {
    let editor = viewer.editor(county).map_err(NotYet::Refused)?;
    if county.is_none() {
        viewer.reviewer().map_err(|_| NotYet::NeedsReviewer)?;
    }
    Ok(Publisher(editor))
}

impl NotYet {
    /// For people, on the page where the button would be.
    pub fn swedish(self) -> &'static str {
        match self {
            Self::Refused(_) => {
                "Sidan hör till ett annat län. Du kan läsa och kommentera, men inte ändra eller publicera."
            }
            Self::NeedsReviewer => {
                "En granskare publicerar nationella sidor. Skicka sidan till granskning när den är klar."
            }
            Self::NeedsOtherEyes => {
                "Två personer ska ha läst en nationell sida. Eftersom du skrev sist behöver en annan granskare publicera den."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counties;
    use crate::editor::Kind;
    use crate::editor::written::Written;
    use crate::viewer::Role;
    use std::sync::Arc;

    fn viewer(account: &str, role: Role, county: Option<&str>) -> Viewer {
        Viewer::Staff(Arc::new(Staff {
            account: account.into(),
            name: "Namn".into(),
            email: "a@lansstyrelsen.example".into(),
            role,
            county: county.and_then(counties::find),
            session: "s".into(),
        }))
    }

    fn draft(writer: &str, county: &str) -> Draft {
        Draft {
            id: "d".into(),
            kind: Kind::Guidance,
            slug: "sida".into(),
            written: Written { county: county.into(), ..Written::default() },
            version: 1,
            writer: writer.into(),
            written_by: String::new(),
            written_at: 0,
            submitted_at: None,
            scheduled: None,
            shared_until: None,
            comments: Vec::new(),
            is_live: false,
        }
    }

    #[test]
    fn a_county_publishes_its_own_pages_with_one_pair_of_eyes() {
        let eva = viewer("eva", Role::Editor, Some("skane"));
        assert!(publisher(&eva, &draft("eva", "skane")).is_ok());
        assert_eq!(publisher(&eva, &draft("eva", "orebro")), Err(NotYet::Refused(Refusal::NotAllowed)));
        assert!(publisher(&viewer("rut", Role::Reviewer, None), &draft("eva", "skane")).is_ok());
    }

    #[test]
    fn a_national_page_takes_two() {
        let (eva, rut) = (viewer("eva", Role::Editor, None), viewer("rut", Role::Reviewer, None));
        assert_eq!(publisher(&eva, &draft("eva", "")), Err(NotYet::NeedsReviewer));
        assert!(publisher(&rut, &draft("eva", "")).is_ok());
        assert_eq!(publisher(&rut, &draft("rut", "")), Err(NotYet::NeedsOtherEyes));
        assert_eq!(publisher(&viewer("adam", Role::Admin, None), &draft("adam", "")), Err(NotYet::NeedsOtherEyes));
        assert_eq!(publisher(&Viewer::Visitor, &draft("eva", "")), Err(NotYet::Refused(Refusal::SignIn)));
    }
}
