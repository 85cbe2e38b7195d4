//! Certificates in the database and as PDF: keeps what [`app::certificates::Certificates`] promises.

pub mod code;
mod issuing;

use crate::events::StoredEvents;
use crate::pdf;
use crate::pending::pending;
use crate::{clock, on};
use anyhow::Result;
use app::certificates::code::Code;
use app::certificates::{Certificates, NoCertificate, Vouched, attendance, issuer};
use app::desk::{Download, Pending};
use app::events::{Registration, when};
use app::routes::desk;
use app::services::Site;
use app::text::capital::capital;
use app::text::dates::unix_time;
use std::sync::Arc;

pub use issuing::issue;

pub struct StoredCertificates {
    pub events: Arc<StoredEvents>,
    pub site: Arc<Site>,
}

impl Certificates for StoredCertificates {
    fn certificate<'a>(&'a self, token: &'a str) -> Pending<'a, Result<Download, NoCertificate>> {
        pending(self.certificate_at(token, clock::now()))
    }

    fn vouched<'a>(&'a self, code: &'a Code) -> Pending<'a, Option<Vouched>> {
        pending(self.vouched_for(code))
    }
}

impl StoredCertificates {
    /// See [`Certificates::certificate`].
    pub async fn certificate_at(&self, token: &str, now: i64) -> Result<Result<Download, NoCertificate>> {
        let Some(registration) = self.events.registration(token).await? else {
            return Ok(Err(NoCertificate::Missing));
        };
        if now < unix_time(registration.event.plan.ends) {
            return Ok(Err(NoCertificate::NotYet));
        }
        if registration.came_at.is_none() {
            return Ok(Err(NoCertificate::NotThere));
        }
        let code = issue(&self.events.db, &registration.event.id, &registration.id, now).await?;
        let paper = self.paper(&registration, &code);
        // Fonts and compression are work for a processor.
        let bytes = tokio::task::spawn_blocking(move || pdf::certificates(&[paper])).await??;
        Ok(Ok(Download { name: "intyg.pdf".into(), mime: "application/pdf", bytes }))
    }

    /// What stands on the certificate; for protected identity under the name that others see.
    pub fn paper(&self, registration: &Registration, code: &Code) -> pdf::Certificate {
        let (event, workshops) = (&registration.event, registration.workshops.as_slice());
        let plan = &event.plan;
        let place = plan.place.as_ref().map(|place| format!("{}, {}", place.name, place.town));
        pdf::Certificate {
            heading: "Intyg om deltagande".into(),
            name: registration.name.clone(),
            did: "har deltagit i".into(),
            what: plan.title.clone(),
            when: capital(&when::span(plan.starts, plan.ends)),
            place: place.unwrap_or_default(),
            parts: attendance::parts(plan, workshops),
            hours: attendance::hours(plan, workshops),
            issuer: issuer(event),
            code: code.to_string(),
            check_url: format!("{}{}", self.site.base_url, desk::certificate(code.as_str())),
        }
    }

    async fn vouched_for(&self, code: &Code) -> Result<Option<Vouched>> {
        const VOUCHED: &str = "SELECT event_id, issued_at FROM certificates WHERE code = $1";
        let row: Option<(String, i64)> = on!(&self.events.db, pool => sqlx::query_as(VOUCHED).bind(code.as_str())
            .fetch_optional(pool).await)?;
        let Some((event, issued_at)) = row else { return Ok(None) };
        let event = self.events.by_id(&event).await?;
        Ok(event.map(|event| Vouched { code: code.clone(), event, issued_at }))
    }
}
