//! Courses: what is kept of them, groups, numbers and packages.

use crate::counties::County;

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

filled! {
    module_answer(kurs, modul) = MODULE_ANSWER;
    own_course(nyckel) = OWN_COURSE;
    own_module(nyckel, modul) = OWN_MODULE;
    invited(kod) = INVITED_TO_GROUP;
    group_member(kod, nyckel) = GROUP_MEMBER;
    keep_group(kod, nyckel) = KEEP_GROUP;
}

pub fn county_numbers(county: &County) -> String {
    COUNTY_NUMBERS.replace("{lan}", county.slug)
}

pub fn county_numbers_csv(county: &County) -> String {
    COUNTY_NUMBERS_CSV.replace("{lan}", county.slug)
}

pub fn course_package(course: &str) -> String {
    COURSE_PACKAGE.replace("{paket}", &format!("{course}.scorm12.zip"))
}
