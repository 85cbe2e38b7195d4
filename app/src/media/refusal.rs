//! Why a file was not taken, in a sentence that says what was wrong and what to do.

use crate::text::size;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UploadRefusal {
    /// No file was chosen.
    NoFile,
    Empty,
    TooLarge,
    /// The upload ended before the file did.
    CutOff,
    /// The name ends in something that is not on the list.
    Kind(String),
    /// The content is not what the name says.
    OtherContent(&'static str),
    /// A picture where a document was asked for, or the other way round.
    WrongForm {
        is_picture: bool,
    },
    /// Width and height in pixels.
    TooManyPixels(u32, u32),
    /// Damaged, or cut off.
    Unreadable,
    /// A document that runs something: what it is called in the file.
    Active(&'static str),
    /// Unpacks to more than any real document.
    Bomb,
    /// Kept by a password, or in a form that nobody can look into.
    Locked,
    NotText,
    /// The county has no room left; how many bytes there are.
    Full {
        left: i64,
    },
    /// The same file is there already: its id.
    Same(String),
}

impl UploadRefusal {
    pub fn swedish(&self) -> String {
        match self {
            Self::NoFile => "Välj en fil på din dator och försök igen.".into(),
            Self::Empty => "Filen är tom. Öppna den på din dator, spara den igen och försök på nytt.".into(),
            Self::TooLarge => {
                let largest = size::swedish(i64::try_from(super::LARGEST_FILE).unwrap_or(i64::MAX));
                format!(
                    "Filen är för stor. Den får vara högst {largest}: spara den i mindre format eller dela upp den, \
                     och försök igen."
                )
            }
            Self::CutOff => "Hela filen kom inte fram. Kontrollera uppkopplingen och försök igen.".into(),
            Self::Kind(extension) if extension.is_empty() => {
                "Filens namn saknar ändelse. Spara den som jpg, png, webp, pdf, docx, xlsx, pptx eller vtt.".into()
            }
            Self::Kind(extension) => {
                format!("Filer av slaget .{extension} tas inte emot. Spara den som jpg, png, webp, pdf, docx, xlsx, pptx eller vtt.")
            }
            Self::OtherContent(named) => {
                format!("Namnet slutar på .{named}, men innehållet är något annat. Öppna filen, spara den som {named} och försök igen.")
            }
            Self::WrongForm { is_picture: true } => {
                "Det här är en bild. Ladda upp den under ”Ladda upp en bild”, så att du kan beskriva vad den visar.".into()
            }
            Self::WrongForm { is_picture: false } => {
                "Det här är ingen bild. Ladda upp filen under ”Ladda upp ett dokument”.".into()
            }
            Self::TooManyPixels(width, height) => {
                format!("Bilden är för stor: {width} × {height} bildpunkter. Minska den, 1600 på bredden räcker, och försök igen.")
            }
            Self::Unreadable => {
                "Filen är skadad och går inte att läsa. Öppna den på din dator, spara en ny kopia och försök igen.".into()
            }
            Self::Active(what) => {
                format!("Dokumentet innehåller {what}, som kan skada den som öppnar det. Spara det utan och försök igen.")
            }
            Self::Bomb => {
                "Dokumentet innehåller mycket mer än det ser ut att göra och kan vara farligt att öppna. Spara en ny kopia \
                 från programmet som du skrev det i."
                    .into()
            }
            Self::Locked => "Dokumentet är låst med lösenord eller sparat i ett äldre format. Spara det utan lösenord som docx, xlsx eller pptx och försök igen.".into(),
            Self::NotText => {
                "Textremsan går inte att läsa. Den ska vara sparad i UTF-8 och börja med WEBVTT på första raden.".into()
            }
            Self::Full { left } if *left <= 0 => {
                "Utrymmet är fullt. Ta bort filer som inte används, eller be en administratör om mer.".into()
            }
            Self::Full { left } => {
                format!(
                    "Filen får inte plats: det finns {} kvar. Ta bort filer som inte används, eller be en administratör om mer.",
                    size::swedish(*left)
                )
            }
            Self::Same(_) => "Filen finns redan. Använd den som finns, den står här nedanför.".into(),
        }
    }
}
