//! Training: material to teach and learn with. The nouns, and what the feature needs from the world.

pub mod material;
pub mod materials;

use crate::counties::County;
use crate::guidance::{Audience, Found, Standing};
use jiff::civil::Date;
use std::sync::Arc;

/// A piece of training material, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Material {
    pub slug: String,
    pub title: String,
    pub short_title: String,
    pub lead: String,
    pub standing: Standing,
    /// Whose exposure it is about; nobody's in particular if empty.
    pub groups: Vec<Group>,
    pub format: Format,
    pub minutes: Option<u16>,
    pub publisher: String,
    pub item_number: Option<String>,
    /// How it can be used by those who do not see, hear or read as most do.
    pub accessibility: Option<String>,
    /// Nowhere, while it is being revised.
    pub place: Option<Place>,
    /// It is being revised: the address of what to read meanwhile.
    pub instead: Option<String>,
    pub audiences: Vec<Audience>,
    pub counties: Vec<&'static County>,
    pub updated: Date,
    pub reviewed: Date,
    /// Sanitised HTML.
    pub html: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// On another site.
    Elsewhere(String),
    /// An uploaded file of ours: `/media/…`.
    File(String),
}

macro_rules! choices {
    ($(#[$doc:meta])* $name:ident: $count:literal { $($variant:ident $slug:literal $swedish:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($variant),+ }

        impl $name {
            pub const ALL: [Self; $count] = [$(Self::$variant),+];

            /// As written in front matter and in forms.
            pub fn slug(self) -> &'static str {
                match self { $(Self::$variant => $slug),+ }
            }

            pub fn parse(slug: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|choice| choice.slug() == slug)
            }

            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $swedish),+ }
            }
        }
    };
}

choices! {
    /// What kind of thing it is.
    Format: 7 {
        Booklet "haft" "Häfte eller rapport",
        Film "film" "Film",
        WebCourse "webbutbildning" "Webbutbildning",
        Slides "presentation" "Presentation",
        Podcast "podd" "Podd",
        Exercise "ovning" "Övning eller fall",
        Leaflet "folder" "Folder eller affisch",
    }
}

choices! {
    /// Whose exposure it is about.
    Group: 9 {
        Honour "heder" "Hedersrelaterat våld och förtryck",
        Children "barn" "Barn",
        Young "unga" "Våld i ungas relationer",
        Disability "funktionsnedsattning" "Personer med funktions\u{ad}nedsättning",
        Older "aldre" "Äldre",
        Substance "missbruk" "Personer med missbruk eller beroende",
        Abroad "utlandsk-bakgrund" "Personer med utländsk bakgrund",
        Lgbtqi "hbtqi" "Hbtqi-personer",
        Using "utovare" "Den som utövar våld",
    }
}

/// "1 timme och 5 minuter", from 65.
pub fn length(minutes: u16) -> String {
    let (hours, minutes) = (minutes / 60, minutes % 60);
    let hour = match hours {
        0 => None,
        1 => Some("1 timme".to_owned()),
        many => Some(format!("{many} timmar")),
    };
    let minute = match minutes {
        0 => None,
        1 => Some("1 minut".to_owned()),
        many => Some(format!("{many} minuter")),
    };
    [hour, minute].into_iter().flatten().collect::<Vec<_>>().join(" och ")
}

/// What training needs from the world.
pub trait Training: Send + Sync {
    /// In Swedish order of their titles; those that are archived too.
    fn materials(&self) -> &[Arc<Material>];
    fn material(&self, slug: &str) -> Option<Found<Arc<Material>>>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_told_as_people_say_it() {
        let told = [1, 45, 60, 65, 121].map(length);
        assert_eq!(told, ["1 minut", "45 minuter", "1 timme", "1 timme och 5 minuter", "2 timmar och 1 minut"]);
    }
}
