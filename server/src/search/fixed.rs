//! Pages that are no texts of the library's, as search finds them.

use super::Page;
use app::accessibility::Statement;
use app::routes::paths;

impl Page {
    /// The checklist of who must do what.
    pub fn duties() -> Self {
        const TEXT: &str = "Checklista över skyldigheter och rekommendationer för varje verksamhet, med lagrum. Kan hämtas till Excel och skrivas ut.";
        const WORDS: &str = "checklista skyldigheter ansvar matris excel rutin ledningssystem roller vem gör vad";
        Self::fixed(paths::DUTIES, "Vem ska göra vad?", TEXT, WORDS)
    }

    /// Everything that is arranged.
    pub fn calendar() -> Self {
        const TEXT: &str = "Konferenser, dialogmöten och temadagar som länsstyrelserna ordnar, månad för månad. Kan läggas in i den egna kalendern.";
        const WORDS: &str =
            "kalender kalendarium konferens konferenser kurser seminarier evenemang arrangemang anmälan";
        Self::fixed(paths::CALENDAR, "Kalender", TEXT, WORDS)
    }

    /// What works, what does not, and how to tell: the statement's own words.
    pub fn accessibility(statement: &Statement) -> Self {
        const WORDS: &str = "tillgänglighet hjälpmedel uppläsning lättläst teckenspråk blind synskada dyslexi funktionsnedsättning wcag digg";
        let shortcomings = statement.shortcomings.iter().flat_map(|one| [&one.content, &one.reason]);
        let text: Vec<&str> = statement
            .lead
            .iter()
            .chain(&statement.compliance_description)
            .chain(&statement.standard_description)
            .chain(shortcomings)
            .chain([&statement.method_description, &statement.report.0, &statement.supervision.0])
            .map(String::as_str)
            .collect();
        Self::fixed(paths::ACCESSIBILITY, "Tillgänglighetsredogörelse", &text.join(" "), WORDS)
    }
}
