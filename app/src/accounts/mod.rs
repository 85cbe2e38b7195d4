//! Accounts of the staff: how they come about, how somebody signs in, and what was done with them.
//!
//! There are no passwords. Somebody is invited, makes a passkey, and signs in with it; or a county's own identity
//! provider vouches for them (OpenID Connect).

pub mod audit_log;
pub mod desk_home;
pub mod device;
pub mod invitation;
pub mod own_account;
pub mod person;
pub mod sign_in;
pub mod staff_bar;
pub mod staff_list;

use crate::counties::County;
use crate::desk::Pending;
use crate::viewer::{Admin, Member, Role};
use person::{Email, PersonName};

/// One account, as administrators see it. Times are unix seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: String,
    pub email: String,
    /// Empty until the invitation has been accepted.
    pub name: String,
    pub role: Role,
    pub county: Option<&'static County>,
    pub passkeys: i64,
    pub ended_at: Option<i64>,
    /// An invitation that waits to be accepted ends then.
    pub invited_until: Option<i64>,
}

/// What somebody is invited as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    pub email: Email,
    pub role: Role,
    pub county: Option<&'static County>,
}

/// What an invitation's link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub email: String,
    pub name: String,
    pub role: Role,
    pub county: Option<&'static County>,
    /// The account has had keys before: they go when a new one is made.
    pub replaces: bool,
}

/// What the browser needs in order to make or use a passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ceremony {
    pub id: String,
    /// JSON, as `navigator.credentials` takes it but for its bytes, which are base64url. WebAuthn Level 3, 5.1.
    pub options: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    pub id: String,
    pub name: String,
    pub created_at: i64,
    pub used_at: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: String,
    /// "Firefox på Windows"
    pub device: String,
    pub created_at: i64,
    pub seen_at: i64,
}

/// An identity provider that vouches for the staff of a county board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// As in addresses.
    pub id: String,
    /// As on the button.
    pub name: String,
    /// Where a browser passes on its way there: `https://id.lansstyrelsen.example`.
    pub origins: Vec<String>,
}

/// What was done, by whom, to what. The whole log is a chain: see `frid verify --audit`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub number: i64,
    /// Unix seconds.
    pub at: i64,
    /// Name and address of somebody of the staff; empty for the command line.
    pub who: String,
    pub act: Act,
    /// What it was done to, in words.
    pub subject: String,
}

macro_rules! acts {
    ($($name:ident $stored:literal $swedish:literal,)+) => {
        /// Everything that the staff does and that the log tells.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Act { $($name),+ }

        impl Act {
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $stored),+ }
            }

            pub fn parse(text: &str) -> Option<Self> {
                match text { $($stored => Some(Self::$name),)+ _ => None }
            }

            pub fn swedish(self) -> &'static str {
                match self { $(Self::$name => $swedish),+ }
            }
        }
    };
}

acts! {
    Invited "invited" "bjöd in",
    Admitted "admitted" "fick ett konto genom en regel",
    Joined "joined" "tog emot inbjudan och skapade en nyckel",
    SignedIn "signed-in" "loggade in",
    SignedOut "signed-out" "loggade ut",
    AddedPasskey "added-passkey" "lade till en nyckel",
    RemovedPasskey "removed-passkey" "tog bort en nyckel",
    EndedSession "ended-session" "avslutade en inloggning",
    ChangedRole "changed-role" "ändrade roll eller län",
    EndedAccount "ended-account" "avslutade ett konto",
    ReopenedAccount "reopened-account" "öppnade ett konto igen",
    Submitted "submitted" "skickade till granskning",
    SentBack "sent-back" "skickade tillbaka",
    Published "published" "publicerade",
    Scheduled "scheduled" "bestämde tid för publicering",
    Unscheduled "unscheduled" "tog bort tiden för publicering",
    Discarded "discarded" "kastade ett utkast",
    TookBack "took-back" "tog fram ett kastat utkast",
    Shared "shared" "delade ett utkast med en länk",
    Unshared "unshared" "avslutade länken till ett utkast",
    Entrusted "entrusted" "ändrade vem som ansvarar",
    Renamed "renamed" "bytte adress på",
    TookAway "took-away" "tog ur bruk",
    FoundRight "found-right" "bekräftade att texten stämmer",
    UploadedFile "uploaded-file" "laddade upp en fil",
    DescribedFile "described-file" "ändrade texten till en bild",
    RemovedFile "removed-file" "tog bort en fil",
    BeganEvent "began-event" "skapade ett arrangemang",
    ChangedEvent "changed-event" "ändrade ett arrangemang",
    PublishedEvent "published-event" "publicerade ett arrangemang",
    WithdrewEvent "withdrew-event" "drog tillbaka ett arrangemang",
    CancelledEvent "cancelled-event" "ställde in ett arrangemang",
    RegisteredByPhone "registered-by-phone" "anmälde någon per telefon",
    ApprovedRegistration "approved-registration" "godkände en anmälan",
    RefusedRegistration "refused-registration" "avslog en anmälan",
    CancelledRegistration "cancelled-registration" "avbokade åt någon",
    NotedRegistration "noted-registration" "antecknade om en anmälan",
    AllowedHandOver "allowed-hand-over" "tillät att en plats lämnas till en annan organisation",
    ExcusedRegistration "excused-registration" "noterade eller tog bort giltigt förfall",
    ReadRealName "read-real-name" "läste ett skyddat namn",
    ReadNeeds "read-needs" "läste behov i deltagarnas egna ord",
    WroteToRegistered "wrote-to-registered" "skrev till anmälda",
    FetchedList "fetched-list" "hämtade en lista över anmälda",
    InvitedToTour "invited-to-tour" "lade till inbjudna på en turné",
    UninvitedFromTour "uninvited-from-tour" "tog bort en inbjuden från en turné",
    WroteToInvited "wrote-to-invited" "skrev till inbjudna på en turné",
    OpenedDoor "opened-door" "öppnade ett insläpp",
    ClosedDoor "closed-door" "stängde ett insläpp",
    RetriedMail "retried-mail" "lät ett mejl skickas igen",
    RefusedProvider "refused-provider" "nekades inloggning",
}

/// Why nobody could be signed in. Told in the same words whatever the reason: who has an account is nobody's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotSignedIn;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinRefusal {
    /// Unknown, used or too old.
    NoInvitation,
    /// The browser's answer did not hold.
    KeyNotMade,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasskeyRefusal {
    KeyNotMade,
    /// Without it nobody could sign in to the account any more.
    TheOnlyOne,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountRefusal {
    /// That address has an account already.
    Exists,
    /// Nobody may take the rights from themselves: the last administrator would be gone.
    Yourself,
    /// There is no such account.
    Missing,
}

/// Why somebody who came back from their own provider was not signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProviderRefusal {
    /// There is no provider of that name.
    Unknown,
    /// It does not answer.
    Down,
    /// The person broke off, or the provider said no.
    BrokenOff,
    /// What came back was not an answer to what this browser asked.
    NotOurs,
    /// It vouches for too little: a stronger way to sign in is needed there.
    TooWeak,
    /// It names no address that it has checked, and by the address an account is found.
    NoAddress,
    /// It knows the person, but nobody here does.
    NoAccount,
}

/// What the feature needs from the world. Every act is written to the log in the same transaction.
pub trait Accounts: Send + Sync {
    fn begin_sign_in(&self) -> Pending<'_, Ceremony>;
    /// The new session's token. `credential` is JSON from the browser, `browser` what it says it is.
    fn sign_in<'a>(
        &'a self,
        ceremony: &'a str,
        credential: &'a str,
        browser: &'a str,
    ) -> Pending<'a, Result<String, NotSignedIn>>;
    fn sign_out<'a>(&'a self, member: &'a Member) -> Pending<'a, ()>;

    fn invitation<'a>(&'a self, code: &'a str) -> Pending<'a, Option<Invitation>>;
    fn begin_joining<'a>(&'a self, code: &'a str, name: &'a PersonName) -> Pending<'a, Option<Ceremony>>;
    fn join<'a>(
        &'a self,
        code: &'a str,
        name: &'a PersonName,
        ceremony: &'a str,
        credential: &'a str,
        browser: &'a str,
    ) -> Pending<'a, Result<String, JoinRefusal>>;

    fn passkeys<'a>(&'a self, member: &'a Member) -> Pending<'a, Vec<Passkey>>;
    fn begin_adding<'a>(&'a self, member: &'a Member) -> Pending<'a, Ceremony>;
    fn add_passkey<'a>(
        &'a self,
        member: &'a Member,
        name: &'a str,
        ceremony: &'a str,
        credential: &'a str,
    ) -> Pending<'a, Result<(), PasskeyRefusal>>;
    fn remove_passkey<'a>(&'a self, member: &'a Member, id: &'a str) -> Pending<'a, Result<(), PasskeyRefusal>>;
    fn sessions<'a>(&'a self, member: &'a Member) -> Pending<'a, Vec<Session>>;
    /// One session of one's own, or all but the present one.
    fn end_session<'a>(&'a self, member: &'a Member, id: Option<&'a str>) -> Pending<'a, ()>;

    fn accounts<'a>(&'a self, admin: &'a Admin) -> Pending<'a, Vec<Account>>;
    /// The code of the invitation, which is kept nowhere: whoever has it makes the account's key.
    fn invite<'a>(&'a self, admin: &'a Admin, new: &'a NewAccount) -> Pending<'a, Result<String, AccountRefusal>>;
    fn invite_again<'a>(&'a self, admin: &'a Admin, id: &'a str) -> Pending<'a, Result<String, AccountRefusal>>;
    /// Ends all sessions of the account.
    fn change<'a>(
        &'a self,
        admin: &'a Admin,
        id: &'a str,
        role: Role,
        county: Option<&'static County>,
    ) -> Pending<'a, Result<(), AccountRefusal>>;
    fn end<'a>(&'a self, admin: &'a Admin, id: &'a str, end: bool) -> Pending<'a, Result<(), AccountRefusal>>;
    /// The newest first; those before `before` if it is given.
    fn log<'a>(&'a self, admin: &'a Admin, before: Option<i64>) -> Pending<'a, Vec<Entry>>;

    fn providers(&self) -> &[Provider];
    /// Where the browser goes, and the errand by which it is known again.
    fn go_to_provider<'a>(
        &'a self,
        provider: &'a str,
        back_to: &'a str,
    ) -> Pending<'a, Result<(String, String), ProviderRefusal>>;
    /// The new session's token, and where the person was going.
    fn come_back<'a>(
        &'a self,
        provider: &'a str,
        answer: &'a crate::desk::Fields,
        errand: &'a str,
        browser: &'a str,
    ) -> Pending<'a, Result<(String, String), ProviderRefusal>>;

    /// May somebody at this address try once more? Counts the try.
    fn may_try(&self, client: &str) -> bool;
}
