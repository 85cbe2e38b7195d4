//! Groups in the database: keeps what [`app::courses::Groups`] promises.

use super::purging::end_group;
use crate::accounts::tokens;
use crate::clock;
use crate::db::{Db, Tx};
use crate::pending::pending;
use crate::{on, on_tx};
use anyhow::{Result, bail};
use app::courses::group::CODE;
use app::courses::{Course, Groups, LedGroup, Member, Module};
use app::desk::Pending;

const DAY: i64 = 24 * 60 * 60;
/// Crockford's base 32: no two look alike.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

pub struct StoredGroups(pub Db);

impl Groups for StoredGroups {
    fn begin<'a>(&'a self, course: &'a Course, module: &'a Module) -> Pending<'a, String> {
        pending(self.begin_at(&course.slug, &module.slug, clock::now()))
    }

    fn led<'a>(&'a self, token: &'a str) -> Pending<'a, Option<LedGroup>> {
        pending(self.led_at(token, clock::now()))
    }

    fn end<'a>(&'a self, token: &'a str) -> Pending<'a, ()> {
        pending(self.end(token))
    }

    fn exists<'a>(&'a self, code: &'a str) -> Pending<'a, bool> {
        pending(async move { Ok(self.with_code(code, clock::now()).await?.is_some()) })
    }

    fn join<'a>(&'a self, code: &'a str) -> Pending<'a, Option<String>> {
        pending(self.join_at(code, clock::now()))
    }

    fn member<'a>(&'a self, code: &'a str, token: &'a str) -> Pending<'a, Option<Member>> {
        pending(self.member_at(code, token, clock::now()))
    }

    fn answer<'a>(&'a self, member: &'a Member, question: &'a str, given: &'a str) -> Pending<'a, bool> {
        pending(self.answer(member, question, given))
    }
}

impl StoredGroups {
    pub async fn begin_at(&self, course: &str, module: &str, now: i64) -> Result<String> {
        const ADD: &str = "INSERT INTO course_groups (id, code, leader_hash, course, module, changes, expires_at) \
             VALUES ($1, $2, $3, $4, $5, 0, $6) ON CONFLICT DO NOTHING";
        // A code that another group has just now is tried again.
        for _ in 0..20 {
            let token = tokens::new();
            let mut tx = self.db().begin().await?;
            let added = on_tx!(&mut tx, c => sqlx::query(ADD).bind(clock::new_id()).bind(new_code())
                .bind(tokens::hash(&token)).bind(course).bind(module).bind(now + DAY).execute(c).await
                .map(|done| done.rows_affected()))?;
            tx.commit().await?;
            if added == 1 {
                return Ok(token);
            }
        }
        bail!("no code was free for a group")
    }

    fn db(&self) -> &Db {
        &self.0
    }

    pub async fn led_at(&self, token: &str, now: i64) -> Result<Option<LedGroup>> {
        const FIND: &str = "SELECT id, code, course, module, changes, expires_at FROM course_groups \
             WHERE leader_hash = $1 AND expires_at > $2";
        const MEMBERS: &str = "SELECT count(*) FROM course_group_members WHERE group_id = $1";
        const ANSWERS: &str = "SELECT question, answer, count(*) FROM course_group_answers WHERE group_id = $1 \
             GROUP BY question, answer ORDER BY question, answer";
        type Row = (String, String, String, String, i64, i64);
        let row: Option<Row> = on!(self.db(), pool => sqlx::query_as(FIND).bind(tokens::hash(token)).bind(now)
            .fetch_optional(pool).await)?;
        let Some((id, code, course, module, changes, expires_at)) = row else { return Ok(None) };
        let members: i64 = on!(self.db(), pool => sqlx::query_scalar(MEMBERS).bind(&id).fetch_one(pool).await)?;
        let answers: Vec<(String, String, i64)> =
            on!(self.db(), pool => sqlx::query_as(ANSWERS).bind(&id).fetch_all(pool).await)?;
        let answers = answers.into_iter().map(|(question, answer, many)| Ok((question, answer, u32::try_from(many)?)));
        let answers = answers.collect::<Result<_>>()?;
        Ok(Some(LedGroup { code, course, module, members: u32::try_from(members)?, answers, changes, expires_at }))
    }

    /// What the leader's page waits for; nothing when the group has ended.
    pub async fn changes(&self, token: &str, now: i64) -> Result<Option<i64>> {
        const CHANGES: &str = "SELECT changes FROM course_groups WHERE leader_hash = $1 AND expires_at > $2";
        Ok(on!(self.db(), pool => sqlx::query_scalar(CHANGES).bind(tokens::hash(token)).bind(now)
            .fetch_optional(pool).await)?)
    }

    async fn end(&self, token: &str) -> Result<()> {
        const FIND: &str = "SELECT id FROM course_groups WHERE leader_hash = $1";
        let id: Option<String> = on!(self.db(), pool => sqlx::query_scalar(FIND).bind(tokens::hash(token))
            .fetch_optional(pool).await)?;
        let Some(id) = id else { return Ok(()) };
        let mut tx = self.db().begin().await?;
        end_group(&mut tx, &id).await?;
        tx.commit().await
    }

    async fn with_code(&self, code: &str, now: i64) -> Result<Option<String>> {
        const FIND: &str = "SELECT id FROM course_groups WHERE code = $1 AND expires_at > $2";
        Ok(on!(self.db(), pool => sqlx::query_scalar(FIND).bind(code).bind(now).fetch_optional(pool).await)?)
    }

    pub async fn join_at(&self, code: &str, now: i64) -> Result<Option<String>> {
        const ADD: &str = "INSERT INTO course_group_members (group_id, token_hash) VALUES ($1, $2)";
        let Some(group) = self.with_code(code, now).await? else { return Ok(None) };
        let token = tokens::new();
        let mut tx = self.db().begin().await?;
        on_tx!(&mut tx, c => sqlx::query(ADD).bind(&group).bind(tokens::hash(&token)).execute(c).await.map(drop))?;
        changed(&mut tx, &group).await?;
        tx.commit().await?;
        Ok(Some(token))
    }

    pub async fn member_at(&self, code: &str, token: &str, now: i64) -> Result<Option<Member>> {
        const FIND: &str = "SELECT g.id, g.course, g.module FROM course_groups g JOIN course_group_members m \
             ON m.group_id = g.id WHERE g.code = $1 AND g.expires_at > $2 AND m.token_hash = $3";
        const ANSWERS: &str =
            "SELECT question, answer FROM course_group_answers WHERE group_id = $1 AND token_hash = $2";
        let token_hash = tokens::hash(token);
        let row: Option<(String, String, String)> = on!(self.db(), pool => sqlx::query_as(FIND).bind(code).bind(now)
            .bind(&token_hash).fetch_optional(pool).await)?;
        let Some((group, course, module)) = row else { return Ok(None) };
        let answers: Vec<(String, String)> = on!(self.db(), pool => sqlx::query_as(ANSWERS).bind(&group)
            .bind(&token_hash).fetch_all(pool).await)?;
        Ok(Some(Member { group, token_hash, course, module, answers: answers.into_iter().collect() }))
    }

    pub async fn answer(&self, member: &Member, question: &str, given: &str) -> Result<bool> {
        const KEEP: &str = "INSERT INTO course_group_answers (group_id, token_hash, question, answer) \
             SELECT group_id, token_hash, $3, $4 FROM course_group_members WHERE group_id = $1 AND token_hash = $2 \
             ON CONFLICT (group_id, token_hash, question) DO UPDATE SET answer = excluded.answer";
        let mut tx = self.db().begin().await?;
        let kept = on_tx!(&mut tx, c => sqlx::query(KEEP).bind(&member.group).bind(&member.token_hash).bind(question)
            .bind(given).execute(c).await.map(|done| done.rows_affected()))?;
        changed(&mut tx, &member.group).await?;
        tx.commit().await?;
        Ok(kept == 1)
    }
}

async fn changed(tx: &mut Tx, group: &str) -> Result<()> {
    const CHANGED: &str = "UPDATE course_groups SET changes = changes + 1 WHERE id = $1";
    on_tx!(tx, c => sqlx::query(CHANGED).bind(group).execute(c).await.map(drop))?;
    Ok(())
}

fn new_code() -> String {
    let random = u64::from_str_radix(&clock::new_id()[..16], 16).unwrap_or_default();
    (0..CODE).map(|place| char::from(SIGNS[(random >> (5 * place)) as usize & 31])).collect()
}
