//! Who is looking, and what they may do. A right is a type that only [`Viewer`] can make: a function that needs one
//! takes it as an argument, and cannot be called without somebody having it.

use crate::counties::County;
use std::ops::Deref;
use std::sync::Arc;

/// What somebody of the staff is trusted with, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Writes, for one county or nationally.
    Editor,
    /// Also approves what is national or about law.
    Reviewer,
    /// Also decides who belongs to the staff.
    Admin,
}

impl Role {
    pub const ALL: [Self; 3] = [Self::Editor, Self::Reviewer, Self::Admin];

    /// As stored, and as written on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Editor => "editor",
            Self::Reviewer => "reviewer",
            Self::Admin => "admin",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }

    pub fn swedish(self) -> &'static str {
        match self {
            Self::Editor => "redaktör",
            Self::Reviewer => "granskare",
            Self::Admin => "administratör",
        }
    }
}

/// Somebody of the staff, signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// The account's id.
    pub account: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    /// The county that they write for; nobody's if they write nationally.
    pub county: Option<&'static County>,
    /// The id by which the session is listed and ended. It signs nobody in.
    pub session: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Viewer {
    #[default]
    Visitor,
    Staff(Arc<Staff>),
}

/// Why somebody may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody is signed in; signing in may help.
    SignIn,
    /// Who is signed in has not been trusted with this.
    NotAllowed,
}

macro_rules! right {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(Arc<Staff>);

        impl Deref for $name {
            type Target = Staff;

            fn deref(&self) -> &Staff {
                &self.0
            }
        }
    };
}

right!(
    /// Anybody of the staff.
    Member
);
right!(
    /// May write for the county that was asked for.
    Editor
);
right!(
    /// May approve what is national or about law.
    Reviewer
);
right!(
    /// May decide who belongs to the staff.
    Admin
);

impl Viewer {
    pub fn member(&self) -> Result<Member, Refusal> {
        match self {
            Self::Visitor => Err(Refusal::SignIn),
            Self::Staff(staff) => Ok(Member(Arc::clone(staff))),
        }
    }

    /// For a county's pages, or the national ones. An editor of a county writes for that county alone.
    pub fn editor(&self, county: Option<&County>) -> Result<Editor, Refusal> {
        let Member(staff) = self.member()?;
        let own = staff.county.map(|county| county.slug) == county.map(|county| county.slug);
        if own || staff.role >= Role::Reviewer { Ok(Editor(staff)) } else { Err(Refusal::NotAllowed) }
    }

    pub fn reviewer(&self) -> Result<Reviewer, Refusal> {
        self.at_least(Role::Reviewer).map(Reviewer)
    }

    pub fn admin(&self) -> Result<Admin, Refusal> {
        self.at_least(Role::Admin).map(Admin)
    }

    fn at_least(&self, role: Role) -> Result<Arc<Staff>, Refusal> {
        let Member(staff) = self.member()?;
        if staff.role >= role { Ok(staff) } else { Err(Refusal::NotAllowed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counties;

    fn viewer(role: Role, county: Option<&str>) -> Viewer {
        Viewer::Staff(Arc::new(Staff {
            account: "a".into(),
            name: "Namn".into(),
            email: "a@lansstyrelsen.example".into(),
            role,
            county: county.and_then(counties::find),
            session: "s".into(),
        }))
    }

    #[test]
    fn nobody_may_anything_before_signing_in() {
        assert_eq!(Viewer::Visitor.member(), Err(Refusal::SignIn));
        assert_eq!(Viewer::Visitor.editor(None), Err(Refusal::SignIn));
        assert_eq!(Viewer::Visitor.reviewer(), Err(Refusal::SignIn));
        assert_eq!(Viewer::Visitor.admin(), Err(Refusal::SignIn));
    }

    #[test]
    fn an_editor_writes_for_the_own_county_alone() {
        let skane = viewer(Role::Editor, Some("skane"));
        assert!(skane.editor(counties::find("skane")).is_ok());
        assert_eq!(skane.editor(counties::find("orebro")), Err(Refusal::NotAllowed));
        assert_eq!(skane.editor(None), Err(Refusal::NotAllowed));
        let national = viewer(Role::Editor, None);
        assert!(national.editor(None).is_ok());
        assert_eq!(national.editor(counties::find("skane")), Err(Refusal::NotAllowed));
    }

    #[test]
    fn each_role_may_what_the_one_before_may() {
        let reviewer = viewer(Role::Reviewer, None);
        assert!(reviewer.editor(counties::find("skane")).is_ok() && reviewer.reviewer().is_ok());
        assert_eq!(reviewer.admin(), Err(Refusal::NotAllowed));
        let admin = viewer(Role::Admin, None);
        assert!(admin.editor(counties::find("skane")).is_ok() && admin.reviewer().is_ok() && admin.admin().is_ok());
    }
}
