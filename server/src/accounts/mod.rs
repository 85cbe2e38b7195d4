//! Accounts of the staff in the database: keeps what [`app::accounts::Accounts`] promises.

pub mod audit;
mod ceremonies;
mod invitations;
mod limits;
mod own_account;
mod passkeys;
pub mod providers;
pub mod sessions;
mod sign_in;
mod staff_list;
pub mod tokens;

use crate::clock;
use crate::config::Config;
use crate::db::Db;
use crate::pending::pending;
use anyhow::Result;
use app::accounts::person::PersonName;
use app::accounts::{
    AccountRefusal, Accounts, Ceremony, Entry, Invitation, JoinRefusal, NewAccount, NotSignedIn, Passkey,
    PasskeyRefusal, Provider, ProviderRefusal, Session,
};
use app::counties::County;
use app::desk::{Fields, Pending};
use app::viewer::{Admin, Member, Role};
use limits::Limits;
use passkeys::Rules;
use providers::Providers;

pub struct StoredAccounts {
    db: Db,
    rules: Rules,
    limits: Limits,
    providers: Providers,
}

impl StoredAccounts {
    pub fn new(db: Db, config: &Config) -> Result<Self> {
        let rules = Rules::of_site(&config.staff_url(), &config.site_name)?;
        Ok(Self { db, rules, limits: Limits::default(), providers: Providers::new(config)? })
    }
}

impl Accounts for StoredAccounts {
    fn begin_sign_in(&self) -> Pending<'_, Ceremony> {
        pending(self.begin_sign_in())
    }

    fn sign_in<'a>(
        &'a self,
        ceremony: &'a str,
        credential: &'a str,
        browser: &'a str,
    ) -> Pending<'a, Result<String, NotSignedIn>> {
        pending(self.sign_in(ceremony, credential, browser))
    }

    fn sign_out<'a>(&'a self, member: &'a Member) -> Pending<'a, ()> {
        pending(self.sign_out(member))
    }

    fn invitation<'a>(&'a self, code: &'a str) -> Pending<'a, Option<Invitation>> {
        pending(self.invitation(code))
    }

    fn begin_joining<'a>(&'a self, code: &'a str, name: &'a PersonName) -> Pending<'a, Option<Ceremony>> {
        pending(self.begin_joining(code, name))
    }

    fn join<'a>(
        &'a self,
        code: &'a str,
        name: &'a PersonName,
        ceremony: &'a str,
        credential: &'a str,
        browser: &'a str,
    ) -> Pending<'a, Result<String, JoinRefusal>> {
        pending(self.join(code, name, ceremony, credential, browser))
    }

    fn passkeys<'a>(&'a self, member: &'a Member) -> Pending<'a, Vec<Passkey>> {
        pending(passkeys::of(&self.db, &member.account))
    }

    fn begin_adding<'a>(&'a self, member: &'a Member) -> Pending<'a, Ceremony> {
        pending(self.begin_adding(member))
    }

    fn add_passkey<'a>(
        &'a self,
        member: &'a Member,
        name: &'a str,
        ceremony: &'a str,
        credential: &'a str,
    ) -> Pending<'a, Result<(), PasskeyRefusal>> {
        pending(self.add_passkey(member, name, ceremony, credential))
    }

    fn remove_passkey<'a>(&'a self, member: &'a Member, id: &'a str) -> Pending<'a, Result<(), PasskeyRefusal>> {
        pending(self.remove_passkey(member, id))
    }

    fn sessions<'a>(&'a self, member: &'a Member) -> Pending<'a, Vec<Session>> {
        pending(sessions::of(&self.db, &member.account, clock::now()))
    }

    fn end_session<'a>(&'a self, member: &'a Member, id: Option<&'a str>) -> Pending<'a, ()> {
        pending(self.end_session(member, id))
    }

    fn accounts<'a>(&'a self, _admin: &'a Admin) -> Pending<'a, Vec<app::accounts::Account>> {
        pending(self.accounts())
    }

    fn invite<'a>(&'a self, admin: &'a Admin, new: &'a NewAccount) -> Pending<'a, Result<String, AccountRefusal>> {
        pending(self.invite(Some(&admin.account), new))
    }

    fn invite_again<'a>(&'a self, admin: &'a Admin, id: &'a str) -> Pending<'a, Result<String, AccountRefusal>> {
        pending(self.invite_again(Some(&admin.account), id))
    }

    fn change<'a>(
        &'a self,
        admin: &'a Admin,
        id: &'a str,
        role: Role,
        county: Option<&'static County>,
    ) -> Pending<'a, Result<(), AccountRefusal>> {
        pending(self.change(admin, id, role, county))
    }

    fn end<'a>(&'a self, admin: &'a Admin, id: &'a str, end: bool) -> Pending<'a, Result<(), AccountRefusal>> {
        pending(self.end(admin, id, end))
    }

    fn log<'a>(&'a self, _admin: &'a Admin, before: Option<i64>) -> Pending<'a, Vec<Entry>> {
        pending(audit::read(&self.db, before))
    }

    fn providers(&self) -> &[Provider] {
        self.providers.all()
    }

    fn go_to_provider<'a>(
        &'a self,
        provider: &'a str,
        back_to: &'a str,
    ) -> Pending<'a, Result<(String, String), ProviderRefusal>> {
        pending(self.go_to_provider(provider, back_to))
    }

    fn come_back<'a>(
        &'a self,
        provider: &'a str,
        answer: &'a Fields,
        errand: &'a str,
        browser: &'a str,
    ) -> Pending<'a, Result<(String, String), ProviderRefusal>> {
        pending(self.come_back(provider, answer, errand, browser))
    }

    fn may_try(&self, client: &str) -> bool {
        self.limits.may_try(client)
    }
}
