//! Every URL of the portal's pages, on one line each.

use crate::accessibility::page::AccessibilityPage;
use crate::accounts::{audit_log, desk_home, invitation, own_account, sign_in, staff_list};
use crate::certificates::{check, fetch};
use crate::courses::course::{CoursePlace, GuidePage};
use crate::courses::list::{CoursesPage, TrainingPage};
use crate::courses::module::ModulePlace;
use crate::courses::print::CoursePrint;
use crate::courses::{check as course_check, finish, group, leader, module, numbers, own, own_module, package};
use crate::desk::{Asked, Method, Route as DeskRoute};
use crate::door::{check_in, opening};
use crate::editor::{discarded, facts, list, new_page, preview, publish, published, share, versions, write};
use crate::errors::NotFound;
use crate::events::calendar_page::CalendarPage;
use crate::events::series_page::{SeriesPage, TourPage};
use crate::events::{cancel, change, event_page, hand_over, party, register, registration};
use crate::glossary::page::GlossaryPage;
use crate::guidance::overview::OverviewPage;
use crate::guidance::place::GuidancePlace;
use crate::handbook::chapter::ChapterPage;
use crate::handbook::edition::EditionPage;
use crate::handbook::overview::HandbookPage;
use crate::help_lines::page::HelpPage;
use crate::home::HomePage;
use crate::law::duties::DutiesPage;
use crate::law::overview::RegulationsPage;
use crate::law::references::ReferencesPage;
use crate::law::regulation::RegulationPage;
use crate::mail::dead_letters;
use crate::media::{describe, list as media_list, remove, upload};
use crate::organising::{
    by_phone, catering, event, exports, finance, list as events, messages, new_event, plan_form,
    preview as event_preview, registered, registration as one_registration, statistics, tour,
};
use crate::pages::page::StandingPagePlace;
use crate::search::page::SearchPage;
use crate::survey::{answer as survey_answer, asking};
use crate::training::material::MaterialPlace;
use crate::training::materials::MaterialsPage;
use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

#[component]
pub fn Portal() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=NotFound>
                <Route path=path!("/") view=HomePage />
                <Route path=path!("/vagledning") view=OverviewPage />
                <Route path=path!("/vagledning/ansvar") view=DutiesPage />
                <Route path=path!("/vagledning/:slug") view=GuidancePlace />
                <Route path=path!("/regler") view=RegulationsPage />
                <Route path=path!("/regler/:slug") view=RegulationPage />
                <Route path=path!("/regler/:slug/hanvisningar") view=ReferencesPage />
                <Route path=path!("/handbok") view=HandbookPage />
                <Route path=path!("/handbok/:utgava") view=EditionPage />
                <Route path=path!("/handbok/:utgava/:kapitel") view=ChapterPage />
                <Route path=path!("/utbildning") view=TrainingPage />
                <Route path=path!("/utbildning/kurser") view=CoursesPage />
                <Route path=path!("/utbildning/kurser/:kurs") view=CoursePlace />
                <Route path=path!("/utbildning/kurser/:kurs/utskrift") view=CoursePrint />
                <Route path=path!("/utbildning/kurser/:kurs/handledning") view=GuidePage />
                <Route path=path!("/utbildning/kurser/:kurs/:modul") view=ModulePlace />
                <Route path=path!("/utbildning/material") view=MaterialsPage />
                <Route path=path!("/utbildning/material/:slug") view=MaterialPlace />
                <Route path=path!("/kalender") view=CalendarPage />
                <Route path=path!("/dialogmoten/:turne") view=TourPage />
                <Route path=path!("/temadagar/:serie") view=SeriesPage />
                <Route path=path!("/ordlista") view=GlossaryPage />
                <Route path=path!("/sok") view=SearchPage />
                <Route path=path!("/hjalp") view=HelpPage />
                <Route path=path!("/tillganglighet") view=AccessibilityPage />
                <Route path=path!("/:slug") view=StandingPagePlace />
            </Routes>
        </Router>
    }
}

/// Does a form of that address bring a file? All others are small, and are refused as soon as they are not.
pub fn takes_a_file(path: &str) -> bool {
    path == desk::FILES
}

/// Every address behind the sign-in, and every form: what a page needs is asked before it is made. All that changes
/// anything is a POST of this list.
pub fn desk() -> Vec<DeskRoute> {
    macro_rules! line {
        ($method:ident $path:expr => $answer:path) => {
            DeskRoute { method: Method::$method, path: $path, answer: |asked: Asked| Box::pin($answer(asked)) }
        };
    }
    vec![
        line!(Get desk::SIGN_IN => sign_in::page),
        line!(Post desk::SIGN_IN => sign_in::sign_in),
        line!(Post desk::SIGN_IN_CHALLENGE => sign_in::challenge),
        line!(Post desk::SIGN_OUT => sign_in::sign_out),
        line!(Get desk::SIGNED_OUT => sign_in::signed_out),
        line!(Post desk::WITH_PROVIDER => sign_in::with_provider),
        line!(Get desk::FROM_PROVIDER => sign_in::from_provider),
        line!(Get desk::INVITATION => invitation::page),
        line!(Post desk::INVITATION => invitation::join),
        line!(Post desk::INVITATION_CHALLENGE => invitation::challenge),
        line!(Get desk::HOME => desk_home::page),
        line!(Get desk::OWN_ACCOUNT => own_account::page),
        line!(Post desk::KEY_CHALLENGE => own_account::challenge),
        line!(Post desk::KEYS => own_account::add),
        line!(Post desk::REMOVE_KEY => own_account::remove),
        line!(Post desk::END_SESSION => own_account::end_session),
        line!(Get desk::PAGES => list::page),
        line!(Get desk::NEW_PAGE => new_page::page),
        line!(Post desk::NEW_PAGE => new_page::begin),
        line!(Get desk::PAGE => published::page),
        line!(Post desk::OPEN => write::open),
        line!(Post desk::STILL_RIGHT => published::still_right),
        line!(Post desk::END => published::end),
        line!(Post desk::RENAME => published::rename),
        line!(Post desk::ENTRUST => published::entrust),
        line!(Get desk::VERSIONS => versions::page),
        line!(Post desk::NAME_VERSION => versions::name),
        line!(Post desk::RESTORE => versions::restore),
        line!(Get desk::FACTS => facts::page),
        line!(Get desk::DISCARDED => discarded::page),
        line!(Post desk::TAKE_BACK => discarded::take_back),
        line!(Get desk::DRAFT => write::page),
        line!(Post desk::DRAFT => write::save),
        line!(Get desk::PREVIEW => preview::page),
        line!(Post desk::LIVE_PREVIEW => preview::live),
        line!(Get desk::PUBLISHING => publish::page),
        line!(Post desk::PUBLISHING => publish::publish),
        line!(Post desk::UNSCHEDULE => publish::unschedule),
        line!(Post desk::DISCARD => discarded::discard),
        line!(Post desk::SHARE => share::share),
        line!(Post desk::UNSHARE => share::unshare),
        line!(Get desk::SHARED => share::page),
        line!(Post desk::SUBMIT => write::submit),
        line!(Post desk::SEND_BACK => write::send_back),
        line!(Post desk::COMMENT => write::comment),
        line!(Get desk::FILES => media_list::page),
        line!(Post desk::FILES => upload::upload),
        line!(Post desk::DESCRIBE_FILE => describe::describe),
        line!(Post desk::REMOVE_FILE => remove::remove),
        line!(Get desk::EVENTS => events::page),
        line!(Get desk::NEW_EVENT => new_event::page),
        line!(Post desk::NEW_EVENT => new_event::begin),
        line!(Get desk::ORGANISED_TOUR => tour::page),
        line!(Post desk::INVITED => tour::invite),
        line!(Post desk::UNINVITE => tour::uninvite),
        line!(Post desk::WRITE_TO_INVITED => tour::write),
        line!(Post desk::CARRY_ON => tour::carry_on),
        line!(Get desk::ORGANISED => event::page),
        line!(Post desk::STEP => event::step),
        line!(Get desk::PLAN => plan_form::page),
        line!(Post desk::PLAN => plan_form::save),
        line!(Get desk::EVENT_PREVIEW => event_preview::page),
        line!(Get desk::REGISTERED => registered::page),
        line!(Get desk::BY_PHONE => by_phone::page),
        line!(Post desk::BY_PHONE => by_phone::register),
        line!(Get desk::REGISTERED_ONE => one_registration::page),
        line!(Post desk::HANDLE => one_registration::handle),
        line!(Post desk::REAL_NAME => one_registration::real_name),
        line!(Get desk::MESSAGES => messages::page),
        line!(Post desk::MESSAGES => messages::look),
        line!(Post desk::SEND_MESSAGE => messages::send),
        line!(Get desk::LISTS => exports::page),
        line!(Post desk::SHEET => exports::sheet),
        line!(Post desk::PRINT => exports::print),
        line!(Get desk::CATERING => catering::page),
        line!(Post desk::CATERING_WORDS => catering::in_words),
        line!(Get desk::STATISTICS => statistics::page),
        line!(Get desk::FINANCE => finance::page),
        line!(Post desk::FINANCE_SHEET => finance::sheet),
        line!(Get desk::DOOR_DESK => opening::page),
        line!(Post desk::OPEN_DOOR => opening::open),
        line!(Post desk::CLOSE_DOOR => opening::close),
        line!(Get desk::SURVEY_DESK => asking::page),
        line!(Post desk::SURVEY_DESK => asking::save),
        line!(Post desk::SURVEY_SHEET => asking::sheet),
        line!(Get desk::ACCOUNTS => staff_list::page),
        line!(Post desk::ACCOUNTS => staff_list::invite),
        line!(Post desk::CHANGE_ACCOUNT => staff_list::change),
        line!(Post desk::INVITE_AGAIN => staff_list::invite_again),
        line!(Post desk::END_ACCOUNT => staff_list::end),
        line!(Get desk::DEAD_LETTERS => dead_letters::page),
        line!(Post desk::RETRY_LETTERS => dead_letters::retry_all),
        line!(Post desk::RETRY_LETTER => dead_letters::retry),
        line!(Get desk::LOG => audit_log::page),
        line!(Get desk::CONFERENCE => event_page::page),
        line!(Get desk::DIALOGUE_MEETING => event_page::page),
        line!(Get desk::THEME_DAY => event_page::page),
        line!(Get desk::CONFERENCE_FORM => register::page),
        line!(Post desk::CONFERENCE_FORM => register::register),
        line!(Get desk::DIALOGUE_MEETING_FORM => register::page),
        line!(Post desk::DIALOGUE_MEETING_FORM => register::register),
        line!(Get desk::THEME_DAY_FORM => register::page),
        line!(Post desk::THEME_DAY_FORM => register::register),
        line!(Get desk::REGISTRATION => registration::page),
        line!(Get desk::CANCEL => cancel::page),
        line!(Post desk::CANCEL => cancel::cancel),
        line!(Post desk::ANSWER_OFFER => change::answer_offer),
        line!(Post desk::SWITCH_TRACK => change::switch_track),
        line!(Post desk::PICK_WORKSHOPS => change::pick_workshops),
        line!(Post desk::MOVE_STOP => change::move_stop),
        line!(Post desk::CORRECT => change::correct),
        line!(Post desk::NEEDS => change::need),
        line!(Post desk::OFFER_PLACE => change::offer_place),
        line!(Get desk::CERTIFICATE_FILE => fetch::file),
        line!(Get desk::PARTY => party::page),
        line!(Get desk::HAND_OVER => hand_over::page),
        line!(Post desk::HAND_OVER => hand_over::take_over),
        line!(Get desk::DOOR_OFFLINE => check_in::offline),
        line!(Get desk::BADGE => check_in::badge),
        line!(Get desk::DOOR => check_in::page),
        line!(Post desk::DOOR => check_in::search),
        line!(Post desk::LET_IN => check_in::let_in),
        line!(Get desk::CERTIFICATES => check::page),
        line!(Post desk::CERTIFICATES => check::typed),
        line!(Get desk::CERTIFICATE => check::certificate),
        line!(Get desk::MODULE_ANSWER => module::back),
        line!(Post desk::MODULE_ANSWER => module::answer),
        line!(Get desk::OWN_COURSES => own::page),
        line!(Post desk::OWN_COURSES => own::begin),
        line!(Get desk::OWN_COURSE => own::overview),
        line!(Get desk::OWN_MODULE => own_module::page),
        line!(Post desk::OWN_MODULE => own_module::answer),
        line!(Get desk::COURSE_CERTIFICATE => finish::page),
        line!(Post desk::COURSE_CERTIFICATE => finish::certificate),
        line!(Post desk::FORGET_COURSE => own::forget),
        line!(Post desk::RENEW_COURSE => course_check::renew),
        line!(Get desk::COUNTY_NUMBERS => numbers::page),
        line!(Get desk::COUNTY_NUMBERS_CSV => numbers::csv),
        line!(Get desk::COURSE_NUMBERS => numbers::overview),
        line!(Get desk::COURSE_PACKAGE => package::file),
        line!(Get desk::GROUPS => group::page),
        line!(Post desk::GROUPS => group::begin),
        line!(Get desk::LED_GROUP => leader::page),
        line!(Post desk::END_GROUP => leader::end),
        line!(Get desk::INVITED_TO_GROUP => group::invited),
        line!(Get desk::GROUP_MEMBER => group::member),
        line!(Post desk::GROUP_MEMBER => group::answer),
        line!(Post desk::KEEP_GROUP => group::keep),
        line!(Get desk::SURVEY_THANKS => survey_answer::thanks),
        line!(Get desk::SURVEY => survey_answer::page),
        line!(Post desk::SURVEY => survey_answer::answer),
    ]
}

/// Addresses of the staff. What stands in braces is filled in.
pub mod desk {
    use crate::events::{Address, Kind};

    pub const SIGN_IN: &str = "/logga-in/";
    pub const SIGN_IN_CHALLENGE: &str = "/logga-in/utmaning";
    pub const SIGN_OUT: &str = "/logga-ut";
    pub const SIGNED_OUT: &str = "/utloggad/";
    pub const WITH_PROVIDER: &str = "/logga-in/med/{leverantor}";
    pub const FROM_PROVIDER: &str = "/logga-in/fran/{leverantor}";
    pub const INVITATION: &str = "/inbjudan/";
    pub const INVITATION_CHALLENGE: &str = "/inbjudan/utmaning";
    pub const HOME: &str = "/redaktion/";
    pub const OWN_ACCOUNT: &str = "/redaktion/mitt-konto/";
    pub const KEYS: &str = "/redaktion/mitt-konto/nycklar";
    pub const KEY_CHALLENGE: &str = "/redaktion/mitt-konto/nycklar/utmaning";
    pub const REMOVE_KEY: &str = "/redaktion/mitt-konto/nycklar/ta-bort";
    pub const END_SESSION: &str = "/redaktion/mitt-konto/inloggningar/avsluta";
    pub const PAGES: &str = "/redaktion/sidor/";
    pub const NEW_PAGE: &str = "/redaktion/sidor/ny/";
    pub const PAGE: &str = "/redaktion/sidor/{typ}/{sida}/";
    pub const OPEN: &str = "/redaktion/sidor/{typ}/{sida}/andra";
    pub const STILL_RIGHT: &str = "/redaktion/sidor/{typ}/{sida}/stammer";
    pub const END: &str = "/redaktion/sidor/{typ}/{sida}/ta-ur-bruk";
    pub const RENAME: &str = "/redaktion/sidor/{typ}/{sida}/adress";
    pub const ENTRUST: &str = "/redaktion/sidor/{typ}/{sida}/ansvar";
    pub const VERSIONS: &str = "/redaktion/sidor/{typ}/{sida}/versioner/";
    pub const NAME_VERSION: &str = "/redaktion/sidor/{typ}/{sida}/versioner/namn";
    pub const RESTORE: &str = "/redaktion/sidor/{typ}/{sida}/versioner/aterstall";
    pub const FACTS: &str = "/redaktion/uppgifter/";
    pub const DISCARDED: &str = "/redaktion/kastade/";
    pub const TAKE_BACK: &str = "/redaktion/kastade/{utkast}/ta-fram";
    pub const DRAFT: &str = "/redaktion/utkast/{utkast}/";
    pub const PREVIEW: &str = "/redaktion/utkast/{utkast}/forhandsvisa/";
    pub const LIVE_PREVIEW: &str = "/redaktion/utkast/{utkast}/forhandsvisa/text";
    pub const PUBLISHING: &str = "/redaktion/utkast/{utkast}/publicera/";
    pub const UNSCHEDULE: &str = "/redaktion/utkast/{utkast}/publicera/utan-tid";
    pub const DISCARD: &str = "/redaktion/utkast/{utkast}/kasta";
    pub const SHARE: &str = "/redaktion/utkast/{utkast}/lank";
    pub const UNSHARE: &str = "/redaktion/utkast/{utkast}/lank/avsluta";
    /// A draft shown to whoever has the link.
    pub const SHARED: &str = "/utkast/{nyckel}/";
    pub const SUBMIT: &str = "/redaktion/utkast/{utkast}/granskning";
    pub const SEND_BACK: &str = "/redaktion/utkast/{utkast}/tillbaka";
    pub const COMMENT: &str = "/redaktion/utkast/{utkast}/kommentar";
    pub const FILES: &str = "/redaktion/filer/";
    pub const DESCRIBE_FILE: &str = "/redaktion/filer/{fil}/text";
    pub const REMOVE_FILE: &str = "/redaktion/filer/{fil}/ta-bort";
    pub const EVENTS: &str = "/redaktion/konferenser/";
    pub const NEW_EVENT: &str = "/redaktion/konferenser/ny/";
    pub const ORGANISED_TOUR: &str = "/redaktion/konferenser/turne/{turne}/";
    pub const INVITED: &str = "/redaktion/konferenser/turne/{turne}/inbjudna";
    pub const UNINVITE: &str = "/redaktion/konferenser/turne/{turne}/inbjudna/ta-bort";
    pub const WRITE_TO_INVITED: &str = "/redaktion/konferenser/turne/{turne}/skriv";
    pub const CARRY_ON: &str = "/redaktion/konferenser/turne/{turne}/ta-vidare";
    pub const ORGANISED: &str = "/redaktion/konferenser/{arrangemang}/";
    pub const STEP: &str = "/redaktion/konferenser/{arrangemang}/steg";
    pub const PLAN: &str = "/redaktion/konferenser/{arrangemang}/uppgifter/";
    pub const EVENT_PREVIEW: &str = "/redaktion/konferenser/{arrangemang}/forhandsvisa/";
    pub const REGISTERED: &str = "/redaktion/konferenser/{arrangemang}/anmalda/";
    pub const BY_PHONE: &str = "/redaktion/konferenser/{arrangemang}/anmalda/ny/";
    pub const REGISTERED_ONE: &str = "/redaktion/konferenser/{arrangemang}/anmalda/{anmalan}/";
    pub const HANDLE: &str = "/redaktion/konferenser/{arrangemang}/anmalda/{anmalan}/atgard";
    pub const REAL_NAME: &str = "/redaktion/konferenser/{arrangemang}/anmalda/{anmalan}/namn";
    pub const MESSAGES: &str = "/redaktion/konferenser/{arrangemang}/meddelanden/";
    pub const SEND_MESSAGE: &str = "/redaktion/konferenser/{arrangemang}/meddelanden/skicka";
    pub const LISTS: &str = "/redaktion/konferenser/{arrangemang}/listor/";
    pub const SHEET: &str = "/redaktion/konferenser/{arrangemang}/listor/tabell";
    pub const PRINT: &str = "/redaktion/konferenser/{arrangemang}/listor/utskrift";
    pub const CATERING: &str = "/redaktion/konferenser/{arrangemang}/kost/";
    pub const CATERING_WORDS: &str = "/redaktion/konferenser/{arrangemang}/kost/egna-ord";
    pub const STATISTICS: &str = "/redaktion/konferenser/{arrangemang}/statistik/";
    pub const FINANCE: &str = "/redaktion/konferenser/{arrangemang}/ekonomi/";
    pub const FINANCE_SHEET: &str = "/redaktion/konferenser/{arrangemang}/ekonomi/tabell";
    pub const ACCOUNTS: &str = "/redaktion/konton/";
    pub const CHANGE_ACCOUNT: &str = "/redaktion/konton/{konto}/roll";
    pub const INVITE_AGAIN: &str = "/redaktion/konton/{konto}/inbjudan";
    pub const END_ACCOUNT: &str = "/redaktion/konton/{konto}/avsluta";
    pub const DEAD_LETTERS: &str = "/redaktion/utskick/";
    pub const RETRY_LETTERS: &str = "/redaktion/utskick/igen";
    pub const RETRY_LETTER: &str = "/redaktion/utskick/{mejl}/igen";
    pub const LOG: &str = "/redaktion/logg/";
    /// One's own registration, for whoever has its link.
    pub const REGISTRATION: &str = "/anmalan/{nyckel}/";
    pub const PARTY: &str = "/anmalan/grupp/{nyckel}/";
    /// A place that waits for a colleague.
    pub const HAND_OVER: &str = "/anmalan/overta/{nyckel}/";
    pub const CANCEL: &str = "/anmalan/{nyckel}/avboka";
    pub const ANSWER_OFFER: &str = "/anmalan/{nyckel}/svar";
    pub const SWITCH_TRACK: &str = "/anmalan/{nyckel}/byt";
    pub const PICK_WORKSHOPS: &str = "/anmalan/{nyckel}/pass";
    pub const MOVE_STOP: &str = "/anmalan/{nyckel}/flytta";
    pub const CORRECT: &str = "/anmalan/{nyckel}/uppgifter";
    pub const NEEDS: &str = "/anmalan/{nyckel}/behov";
    pub const OFFER_PLACE: &str = "/anmalan/{nyckel}/overlat";
    pub const CONFERENCE: &str = "/konferenser/{konferens}/";
    pub const CONFERENCE_FORM: &str = "/konferenser/{konferens}/anmalan";
    pub const TOUR: &str = "/dialogmoten/{turne}/";
    pub const DIALOGUE_MEETING: &str = "/dialogmoten/{turne}/{stopp}/";
    pub const DIALOGUE_MEETING_FORM: &str = "/dialogmoten/{turne}/{stopp}/anmalan";
    pub const SERIES: &str = "/temadagar/{serie}/";
    pub const THEME_DAY: &str = "/temadagar/{serie}/{ar}/";
    pub const THEME_DAY_FORM: &str = "/temadagar/{serie}/{ar}/anmalan";

    pub const DOOR_DESK: &str = "/redaktion/konferenser/{arrangemang}/inslapp/";
    pub const OPEN_DOOR: &str = "/redaktion/konferenser/{arrangemang}/inslapp/oppna";
    pub const CLOSE_DOOR: &str = "/redaktion/konferenser/{arrangemang}/inslapp/stang";
    pub const SURVEY_DESK: &str = "/redaktion/konferenser/{arrangemang}/enkat/";
    pub const SURVEY_SHEET: &str = "/redaktion/konferenser/{arrangemang}/enkat/tabell";
    /// Those who come are let in here, by whoever has the link.
    pub const DOOR: &str = "/incheckning/{nyckel}/";
    pub const LET_IN: &str = "/incheckning/{nyckel}/in";
    /// A door without anybody's name, kept by the browser for when there is no network.
    pub const DOOR_OFFLINE: &str = "/incheckning/utan-nat";
    /// What the code on a badge leads to.
    pub const BADGE: &str = "/incheckning/person/{kod}";
    pub const CERTIFICATE_FILE: &str = "/anmalan/{nyckel}/intyg.pdf";
    pub const CERTIFICATES: &str = "/intyg/";
    pub const CERTIFICATE: &str = "/intyg/{kod}/";
    pub const SURVEY: &str = "/enkat/{nyckel}/";
    pub const SURVEY_THANKS: &str = "/enkat/tack/";

    pub fn badge(code: &str) -> String {
        BADGE.replace("{kod}", code)
    }

    pub fn certificate(code: &str) -> String {
        CERTIFICATE.replace("{kod}", code)
    }

    /// One of the addresses that a key opens.
    /// Answers of somebody who has not asked for them to be kept.
    pub const MODULE_ANSWER: &str = "/utbildning/kurser/{kurs}/{modul}/svar";
    /// What somebody has asked to be kept, by its code.
    pub const OWN_COURSES: &str = "/utbildning/mina-kurser/";
    pub const OWN_COURSE: &str = "/utbildning/mina-kurser/{nyckel}/";
    pub const OWN_MODULE: &str = "/utbildning/mina-kurser/{nyckel}/{modul}/";
    pub const COURSE_CERTIFICATE: &str = "/utbildning/mina-kurser/{nyckel}/intyg";
    pub const FORGET_COURSE: &str = "/utbildning/mina-kurser/{nyckel}/radera";
    pub const RENEW_COURSE: &str = "/utbildning/uppdatera";
    pub const GROUPS: &str = "/utbildning/grupp/";
    pub const LED_GROUP: &str = "/utbildning/grupp/leda/{nyckel}/";
    /// Tells the leader's page that something has changed.
    pub const GROUP_EVENTS: &str = "/utbildning/grupp/leda/{nyckel}/handelser";
    pub const END_GROUP: &str = "/utbildning/grupp/leda/{nyckel}/avsluta";
    pub const INVITED_TO_GROUP: &str = "/utbildning/grupp/{kod}/";
    pub const GROUP_MEMBER: &str = "/utbildning/grupp/{kod}/{nyckel}/";
    pub const KEEP_GROUP: &str = "/utbildning/grupp/{kod}/{nyckel}/spara";
    /// How many have taken the courses.
    pub const COUNTY_NUMBERS: &str = "/lan/{lan}/statistik/";
    pub const COUNTY_NUMBERS_CSV: &str = "/lan/{lan}/statistik.csv";
    pub const COURSE_NUMBERS: &str = "/redaktion/kursstatistik/";
    /// For other learning platforms.
    pub const COURSE_PACKAGE: &str = "/utbildning/ladda-ner/{paket}";

    pub fn module_answer(course: &str, module: &str) -> String {
        MODULE_ANSWER.replace("{kurs}", course).replace("{modul}", module)
    }

    pub fn own_course(key: &str) -> String {
        opened(OWN_COURSE, key)
    }

    pub fn own_module(key: &str, module: &str) -> String {
        opened(OWN_MODULE, key).replace("{modul}", module)
    }

    pub fn invited(code: &str) -> String {
        INVITED_TO_GROUP.replace("{kod}", code)
    }

    pub fn group_member(code: &str, token: &str) -> String {
        opened(GROUP_MEMBER, token).replace("{kod}", code)
    }

    pub fn keep_group(code: &str, token: &str) -> String {
        opened(KEEP_GROUP, token).replace("{kod}", code)
    }

    pub fn county_numbers(county: &crate::counties::County) -> String {
        COUNTY_NUMBERS.replace("{lan}", county.slug)
    }

    pub fn county_numbers_csv(county: &crate::counties::County) -> String {
        COUNTY_NUMBERS_CSV.replace("{lan}", county.slug)
    }

    pub fn course_package(course: &str) -> String {
        COURSE_PACKAGE.replace("{paket}", &format!("{course}.scorm12.zip"))
    }

    pub fn opened(path: &str, token: &str) -> String {
        path.replace("{nyckel}", token)
    }

    pub fn registration(token: &str) -> String {
        opened(REGISTRATION, token)
    }

    pub fn party(token: &str) -> String {
        opened(PARTY, token)
    }

    pub fn hand_over(token: &str) -> String {
        opened(HAND_OVER, token)
    }

    pub fn event(address: &Address) -> String {
        let path = match address.kind {
            Kind::Conference => CONFERENCE.replace("{konferens}", &address.slug),
            Kind::DialogueMeeting => DIALOGUE_MEETING.replace("{stopp}", &address.slug),
            Kind::ThemeDay => THEME_DAY.replace("{ar}", &address.slug),
        };
        path.replace("{turne}", &address.series).replace("{serie}", &address.series)
    }

    /// The tour or the series that an event is part of.
    pub fn series(address: &Address) -> String {
        let path = if address.kind == Kind::DialogueMeeting { TOUR } else { SERIES };
        path.replace("{turne}", &address.series).replace("{serie}", &address.series)
    }

    /// Where somebody registers for an event.
    pub fn register(address: &Address) -> String {
        format!("{}anmalan", event(address))
    }

    /// The same for so many at once.
    pub fn register_several(address: &Address, persons: u32) -> String {
        format!("{}?antal={persons}", register(address))
    }

    /// Below an event: the event for somebody's own calendar.
    pub const CALENDAR_ENTRY: &str = "kalender.ics";

    pub fn calendar_entry(address: &Address) -> String {
        format!("{}{CALENDAR_ENTRY}", event(address))
    }

    pub fn with_provider(id: &str) -> String {
        WITH_PROVIDER.replace("{leverantor}", id)
    }

    /// Where a provider sends people back to.
    pub fn from_provider(id: &str) -> String {
        FROM_PROVIDER.replace("{leverantor}", id)
    }

    fn of_page(path: &str, kind: &str, slug: &str) -> String {
        path.replace("{typ}", kind).replace("{sida}", slug)
    }

    pub fn page(kind: &str, slug: &str) -> String {
        of_page(PAGE, kind, slug)
    }

    pub fn open(kind: &str, slug: &str) -> String {
        of_page(OPEN, kind, slug)
    }

    pub fn still_right(kind: &str, slug: &str) -> String {
        of_page(STILL_RIGHT, kind, slug)
    }

    pub fn end(kind: &str, slug: &str) -> String {
        of_page(END, kind, slug)
    }

    pub fn rename(kind: &str, slug: &str) -> String {
        of_page(RENAME, kind, slug)
    }

    pub fn entrust(kind: &str, slug: &str) -> String {
        of_page(ENTRUST, kind, slug)
    }

    pub fn versions(kind: &str, slug: &str) -> String {
        of_page(VERSIONS, kind, slug)
    }

    pub fn name_version(kind: &str, slug: &str) -> String {
        of_page(NAME_VERSION, kind, slug)
    }

    pub fn restore(kind: &str, slug: &str) -> String {
        of_page(RESTORE, kind, slug)
    }

    pub fn take_back(id: &str) -> String {
        TAKE_BACK.replace("{utkast}", id)
    }

    pub fn draft(id: &str) -> String {
        DRAFT.replace("{utkast}", id)
    }

    pub fn preview(id: &str) -> String {
        PREVIEW.replace("{utkast}", id)
    }

    pub fn live_preview(id: &str) -> String {
        LIVE_PREVIEW.replace("{utkast}", id)
    }

    pub fn publishing(id: &str) -> String {
        PUBLISHING.replace("{utkast}", id)
    }

    pub fn unschedule(id: &str) -> String {
        UNSCHEDULE.replace("{utkast}", id)
    }

    pub fn discard(id: &str) -> String {
        DISCARD.replace("{utkast}", id)
    }

    pub fn share(id: &str) -> String {
        SHARE.replace("{utkast}", id)
    }

    pub fn unshare(id: &str) -> String {
        UNSHARE.replace("{utkast}", id)
    }

    pub fn shared(token: &str) -> String {
        SHARED.replace("{nyckel}", token)
    }

    pub fn submit(id: &str) -> String {
        SUBMIT.replace("{utkast}", id)
    }

    pub fn send_back(id: &str) -> String {
        SEND_BACK.replace("{utkast}", id)
    }

    pub fn comment(id: &str) -> String {
        COMMENT.replace("{utkast}", id)
    }

    pub fn describe_file(id: &str) -> String {
        DESCRIBE_FILE.replace("{fil}", id)
    }

    pub fn remove_file(id: &str) -> String {
        REMOVE_FILE.replace("{fil}", id)
    }

    /// One of the addresses above that belong to an event.
    pub fn of_event(path: &str, id: &str) -> String {
        path.replace("{arrangemang}", id)
    }

    /// One of those that belong to a registration.
    pub fn of_registration(path: &str, event: &str, id: &str) -> String {
        of_event(path, event).replace("{anmalan}", id)
    }

    /// One of those that belong to a tour.
    pub fn of_tour(path: &str, slug: &str) -> String {
        path.replace("{turne}", slug)
    }

    pub fn change_account(id: &str) -> String {
        CHANGE_ACCOUNT.replace("{konto}", id)
    }

    pub fn invite_again(id: &str) -> String {
        INVITE_AGAIN.replace("{konto}", id)
    }

    pub fn end_account(id: &str) -> String {
        END_ACCOUNT.replace("{konto}", id)
    }

    pub fn retry_letter(id: &str) -> String {
        RETRY_LETTER.replace("{mejl}", id)
    }
}

/// The canonical spelling of each address. A place that holds others ends with a slash; a leaf does not.
pub mod paths {
    use crate::events::wanted::Wanted;

    pub const HOME: &str = "/";
    pub const GUIDANCE: &str = "/vagledning/";
    pub const DUTIES: &str = "/vagledning/ansvar/";
    pub const DUTIES_CSV: &str = "/vagledning/ansvar.csv";
    pub const DUTIES_XLSX: &str = "/vagledning/ansvar.xlsx";
    /// References as JSON, for programs: `?status=inaktuell`.
    pub const API_REFERENCES: &str = "/api/v1/hanvisningar";
    pub const REGULATIONS: &str = "/regler/";
    pub const HANDBOOK: &str = "/handbok/";
    pub const TRAINING: &str = "/utbildning/";
    pub const MATERIALS: &str = "/utbildning/material/";
    pub const COURSES: &str = "/utbildning/kurser/";
    pub const GLOSSARY: &str = "/ordlista/";
    pub const SEARCH: &str = "/sok";
    pub const SEARCH_DESCRIPTION: &str = "/sok/opensearch.xml";
    pub const API_SEARCH: &str = "/api/v1/sok";
    pub const API_SUGGESTIONS: &str = "/api/v1/forslag";
    /// What the addresses under `/api/v1/` answer, described for programs.
    pub const API_DESCRIPTION: &str = "/api/v1/openapi.json";
    pub const CALENDAR: &str = "/kalender/";
    /// For calendars of one's own.
    pub const CALENDAR_ICS: &str = "/kalender.ics";
    pub const CALENDAR_FEED: &str = "/flode/kalender.atom";
    pub const API_EVENTS: &str = "/api/v1/konferenser";
    pub const API_EVENT: &str = "/api/v1/konferenser/{slug}";
    pub const HELP: &str = "/hjalp/";
    pub const ACCESSIBILITY: &str = "/tillganglighet/";
    pub const ABOUT: &str = "/om/";
    pub const CONTACT: &str = "/kontakt/";
    pub const PERSONAL_DATA: &str = "/personuppgifter/";
    pub const SAFE_SURFING: &str = "/surfa-sakert/";
    /// Pictures and documents; each below its id.
    pub const MEDIA: &str = "/media/";
    /// Doors where people are let in; each below its key.
    pub const DOORS: &str = "/incheckning/";
    pub const FEED: &str = "/flode/vagledning.atom";

    /// Addresses that exist whatever is published; texts may link to them.
    pub const FIXED: &[&str] = &[
        HOME,
        GUIDANCE,
        DUTIES,
        REGULATIONS,
        HANDBOOK,
        TRAINING,
        MATERIALS,
        COURSES,
        GLOSSARY,
        SEARCH,
        CALENDAR,
        CALENDAR_ICS,
        CALENDAR_FEED,
        HELP,
        ACCESSIBILITY,
        FEED,
        API_DESCRIPTION,
    ];

    /// Is `/{slug}/` something else than a standing page? Help is: a page of its own around a standing text.
    pub fn is_taken_by_the_portal(slug: &str) -> bool {
        const OTHERS: [&str; 22] = [
            "anmalan",
            "api",
            "dialogmoten",
            "enkat",
            "flode",
            "healthz",
            "incheckning",
            "intyg",
            "konferenser",
            "lan",
            "media",
            "pkg",
            "favicon",
            "sitemap",
            "logga-in",
            "logga-ut",
            "utloggad",
            "inbjudan",
            "redaktion",
            "temadagar",
            "utbildning",
            "utkast",
        ];
        let fixed = FIXED.iter().any(|path| *path != HELP && path.trim_matches('/') == slug);
        fixed || OTHERS.contains(&slug)
    }

    pub fn article(slug: &str) -> String {
        format!("{GUIDANCE}{slug}")
    }

    pub fn subject(slug: &str) -> String {
        format!("{GUIDANCE}{slug}/")
    }

    /// The guidance that is written for one audience.
    pub fn for_audience(audience: crate::guidance::Audience) -> String {
        format!("{GUIDANCE}?malgrupp={}", audience.slug())
    }

    /// The duties of one actor, as a page or as a file.
    pub fn duties(address: &str, actor: crate::guidance::Audience) -> String {
        format!("{address}?roll={}", actor.slug())
    }

    pub fn regulation(slug: &str) -> String {
        format!("{REGULATIONS}{slug}/")
    }

    /// Who cites the regulation.
    pub fn references(slug: &str) -> String {
        format!("{REGULATIONS}{slug}/hanvisningar/")
    }

    /// The page as it was read on a day.
    pub fn on_day(path: &str, day: jiff::civil::Date) -> String {
        format!("{path}?datum={day}")
    }

    pub fn edition(slug: &str) -> String {
        format!("{HANDBOOK}{slug}/")
    }

    pub fn chapter(edition: &str, slug: &str) -> String {
        format!("{HANDBOOK}{edition}/{slug}/")
    }

    pub fn media(id: &str, name: &str) -> String {
        format!("{MEDIA}{id}/{name}")
    }

    pub fn material(slug: &str) -> String {
        format!("{MATERIALS}{slug}/")
    }

    pub fn course(slug: &str) -> String {
        format!("{COURSES}{slug}/")
    }

    pub fn module(course: &str, slug: &str) -> String {
        format!("{COURSES}{course}/{slug}/")
    }

    /// The whole course on paper.
    pub fn course_print(slug: &str) -> String {
        format!("{COURSES}{slug}/utskrift/")
    }

    /// For whoever leads a group.
    pub fn course_guide(slug: &str) -> String {
        format!("{COURSES}{slug}/handledning/")
    }

    pub fn term(id: &str) -> String {
        format!("{GLOSSARY}#{id}")
    }

    pub fn standing(slug: &str) -> String {
        format!("/{slug}/")
    }

    /// What a page may be asked in its address.
    fn question(path: &str) -> Option<&'static str> {
        let place = path.trim_matches('/');
        match place.split('/').collect::<Vec<_>>().as_slice() {
            ["vagledning"] => Some("malgrupp"),
            ["vagledning", "ansvar"] => Some("roll"),
            ["vagledning" | "regler", _] => Some("datum"),
            _ => None,
        }
    }

    /// The query that changes what a page shows, as `name=value`; everything else in a query is ignored,
    /// so that a link with somebody's tracking parameters shows the same page.
    pub fn meaningful_query(path: &str, query: &str) -> Option<String> {
        if path.trim_matches('/') == CALENDAR.trim_matches('/') {
            return Wanted::of_query(query).query();
        }
        let name = question(path)?;
        let value = value_of(name, query)?;
        let meaning = match name {
            "datum" => value.parse::<jiff::civil::Date>().ok().filter(|day| day.to_string() == value)?.to_string(),
            _ => crate::guidance::Audience::parse(value)?.slug().to_owned(),
        };
        Some(format!("{name}={meaning}"))
    }

    /// Does the query hold a day that nobody could read? Such a page answers what was typed, and is never kept.
    pub fn holds_unreadable_day(path: &str, query: &str) -> bool {
        question(path) == Some("datum")
            && value_of("datum", query).is_some_and(|value| !value.is_empty())
            && meaningful_query(path, query).is_none()
    }

    fn value_of<'a>(name: &str, query: &'a str) -> Option<&'a str> {
        query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn only_a_query_that_means_something_is_kept() {
            assert_eq!(
                meaningful_query("/vagledning/", "malgrupp=skola&utm_source=x").as_deref(),
                Some("malgrupp=skola")
            );
            assert_eq!(meaningful_query("/vagledning/", "malgrupp=alla"), None);
            assert_eq!(meaningful_query("/om/", "malgrupp=skola"), None);
            assert_eq!(
                meaningful_query("/kalender/", "manad=&x=1&lan=skane&typ=temadag").as_deref(),
                Some("typ=temadag&lan=skane")
            );
            assert_eq!(meaningful_query("/vagledning/ansvar/", "roll=tandvard").as_deref(), Some("roll=tandvard"));
            assert_eq!(
                meaningful_query("/regler/sosfs-2014-4/", "x=1&datum=2014-10-01").as_deref(),
                Some("datum=2014-10-01")
            );
            assert_eq!(meaningful_query("/regler/sosfs-2014-4/", "datum=2014-10-1"), None);
            assert!(
                holds_unreadable_day("/vagledning/freda", "datum=igar") && !holds_unreadable_day("/om/", "datum=igar")
            );
        }

        #[test]
        fn a_standing_page_cannot_stand_where_something_else_does() {
            assert!(
                is_taken_by_the_portal("sok") && is_taken_by_the_portal("ordlista") && is_taken_by_the_portal("pkg")
            );
            assert!(!is_taken_by_the_portal("om") && !is_taken_by_the_portal("hjalp"));
        }
    }
}
