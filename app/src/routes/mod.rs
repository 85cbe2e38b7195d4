//! Every URL of the portal, on one line each: here which page answers it, in `paths` and `desk` how it is spelt.

pub mod desk;
pub mod paths;

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
