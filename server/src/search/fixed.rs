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

    /// The accessibility statement.
    pub fn accessibility(statement: &Statement) -> Self {
        const TEXT: &str = "Hur tillgänglig webbplatsen är, vilka brister vi känner till och hur du anmäler en brist.";
        Self::fixed(paths::ACCESSIBILITY, "Tillgänglighetsredogörelse", TEXT, &statement.report.0)
    }
}
