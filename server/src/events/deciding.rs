//! The organiser's word on somebody who asked to come: yes, as far as there is a place, or no.

use super::hall::Hall;
use super::placing::{self, Placed};
use super::settling;
use anyhow::Result;
use app::events::{DeedRefusal, Standing};

/// `by` is the organiser's account. Whoever is let in when every place is taken joins the line.
pub(crate) async fn decide(hall: &mut Hall, id: &str, is_yes: bool, by: &str) -> Result<Result<(), DeedRefusal>> {
    let Some(mut placed) = Placed::by_id(hall, id).await? else { return Ok(Err(DeedRefusal::Missing)) };
    if placed.standing != Standing::Applied {
        return Ok(Err(DeedRefusal::Ended));
    }
    let moment = hall.moment();
    let Some(ledger) = hall.ledger(&placed.event).await? else { return Ok(Err(DeedRefusal::Missing)) };
    if moment >= ledger.plan.ends {
        return Ok(Err(DeedRefusal::TooLate));
    }
    if is_yes {
        let (event, track, share) = (placed.event.clone(), placed.track.clone(), placed.share.clone());
        let standing = settling::standing_for_next(hall, &event, &track, &share).await?;
        placing::step(hall, id, "approved", Some(by)).await?;
        placed.becomes(hall, standing, None).await?;
    } else {
        placed.becomes(hall, Standing::Refused, None).await?;
    }
    Ok(Ok(()))
}
