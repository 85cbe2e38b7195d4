//! Courses in the database: keeps what [`app::courses::Learning`] promises.

mod answers;
pub mod bench;
mod certificates;
pub mod groups;
pub mod letters;
mod purging;
mod scorm;
mod takings;

use crate::clock;
use crate::db::Db;
use crate::keys::Keys;
use crate::pending::pending;
use answers::AnswerWriter;
use app::accounts::person::Email;
use app::certificates::code::Code;
use app::courses::numbers::Number;
use app::courses::progress::Answers;
use app::courses::{About, Completed, Course, Learning, Module, Taking};
use app::desk::{Download, Pending};
use app::services::Site;
use std::sync::Arc;

pub use purging::purge;
use scorm::Packages;

pub struct StoredLearning {
    pub db: Db,
    pub keys: Arc<Keys>,
    pub site: Arc<Site>,
    writer: AnswerWriter,
    packages: Packages,
}

impl StoredLearning {
    pub fn new(db: Db, keys: Arc<Keys>, site: Arc<Site>) -> Self {
        Self { writer: AnswerWriter::start(db.clone()), packages: Packages::default(), db, keys, site }
    }
}

impl Learning for StoredLearning {
    fn begin<'a>(&'a self, course: &'a Course, module: &'a str, answers: &'a Answers) -> Pending<'a, Code> {
        pending(self.begin_at(course, module, answers, clock::now()))
    }

    fn taking<'a>(&'a self, key: &'a Code) -> Pending<'a, Option<Taking>> {
        pending(self.taking_at(key, clock::now()))
    }

    fn answer<'a>(
        &'a self,
        taking: &'a Taking,
        course: &'a Arc<Course>,
        module: &'a Arc<Module>,
        question: &'a str,
        given: &'a str,
    ) -> Pending<'a, ()> {
        pending(self.writer.write(answers::Given {
            taking: taking.id.clone(),
            course: Arc::clone(course),
            module: Arc::clone(module),
            question: question.to_owned(),
            answer: given.to_owned(),
            now: clock::now(),
        }))
    }

    fn mail_key<'a>(&'a self, key: &'a Code, taking: &'a str, to: &'a Email) -> Pending<'a, ()> {
        pending(self.mail_key_at(key, taking, to, clock::now()))
    }

    fn forget<'a>(&'a self, taking: &'a str) -> Pending<'a, ()> {
        pending(self.forget(taking))
    }

    fn complete<'a>(&'a self, taking: &'a Taking, course: &'a Course, about: Option<About>) -> Pending<'a, Code> {
        pending(self.complete_at(taking, course, about, clock::now()))
    }

    fn certificate<'a>(
        &'a self,
        completed: &'a Completed,
        built_on: &'a [String],
        name: &'a str,
    ) -> Pending<'a, Download> {
        pending(self.paper(completed, built_on, name))
    }

    fn completed<'a>(&'a self, code: &'a Code) -> Pending<'a, Option<Completed>> {
        pending(self.completed_with(code))
    }

    fn package<'a>(&'a self, course: &'a Arc<Course>) -> Pending<'a, Download> {
        pending(self.packages.of(course, &self.site.base_url))
    }

    fn numbers(&self) -> Pending<'_, Vec<Number>> {
        pending(self.numbers_of_all())
    }

    fn renew<'a>(&'a self, completed: &'a Completed) -> Pending<'a, Code> {
        pending(self.renew_at(completed, clock::now()))
    }
}
