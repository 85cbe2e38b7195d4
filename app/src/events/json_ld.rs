//! An event as programs read it on its page: JSON-LD, <https://schema.org/Event>. Pure.

use super::plan::{Attendance, Plan, Track};
use super::{Event, calendar};
use crate::routes::desk;
use jiff::civil::DateTime;
use serde_json::{Value, json};

/// For a script element: `<` is escaped, so that nothing that was written can close it. Nobody who comes or speaks is in
/// it.
pub fn event_json(event: &Event, base_url: &str) -> String {
    let Event { plan, .. } = event;
    let url = format!("{base_url}{}", desk::event(&event.address));
    let status = if event.cancelled_at.is_some() { "EventCancelled" } else { "EventScheduled" };
    let mut told = json!({
        "@context": "https://schema.org",
        "@type": "Event",
        "name": calendar::shown_title(event),
        "description": plan.lead,
        "url": url,
        "inLanguage": "sv",
        "startDate": moment(plan.starts),
        "endDate": moment(plan.ends),
        "eventStatus": format!("https://schema.org/{status}"),
        "eventAttendanceMode": format!("https://schema.org/{}", mode(plan)),
        "location": locations(plan, &url),
        "organizer": { "@type": "Organization", "name": plan.contact.name },
        "isAccessibleForFree": !plan.has_price(),
        "offers": plan.tracks.iter().map(|track| offer(plan, track, &url)).collect::<Vec<_>>(),
    });
    // Where one way of taking part has no end, so has the whole.
    if let Some(seats) = plan.tracks.iter().map(|track| track.seats).sum::<Option<u32>>() {
        told["maximumAttendeeCapacity"] = json!(seats);
    }
    let audience =
        plan.audiences.iter().map(|audience| json!({ "@type": "Audience", "audienceType": audience.name() }));
    let audience: Vec<Value> = audience.collect();
    if !audience.is_empty() {
        told["audience"] = Value::Array(audience);
    }
    told.to_string().replace('<', "\\u003c")
}

fn mode(plan: &Plan) -> &'static str {
    match (plan.place.is_some(), calendar::is_digital(plan)) {
        (true, true) => "MixedEventAttendanceMode",
        (true, false) => "OfflineEventAttendanceMode",
        (false, _) => "OnlineEventAttendanceMode",
    }
}

/// The broadcast's own address is told to those who have a place; others find the page.
fn locations(plan: &Plan, url: &str) -> Vec<Value> {
    let place = plan.place.as_ref().map(|place| {
        let mut address = json!({ "@type": "PostalAddress", "addressLocality": place.town, "addressCountry": "SE" });
        if !place.address.is_empty() {
            address["streetAddress"] = json!(place.address);
        }
        json!({ "@type": "Place", "name": place.name, "address": address })
    });
    let virtually = plan.place.is_none() || calendar::is_digital(plan);
    let elsewhere = virtually.then(|| json!({ "@type": "VirtualLocation", "url": url }));
    place.into_iter().chain(elsewhere).collect()
}

fn offer(plan: &Plan, track: &Track, url: &str) -> Value {
    let mode = match track.attendance {
        Attendance::OnSite => "på plats",
        Attendance::Digital => "digitalt",
    };
    json!({
        "@type": "Offer",
        "name": track.name,
        "description": mode,
        "price": track.price,
        "priceCurrency": "SEK",
        "url": url,
        "validFrom": moment(plan.opens),
        "validThrough": moment(plan.closes),
    })
}

/// "2027-03-11T09:00:00+01:00", as programs read a time of Sweden's.
pub fn moment(time: DateTime) -> String {
    // A time that the clocks skip is an hour later, as everywhere else.
    let zoned = time.in_tz("Europe/Stockholm").map(|zoned| zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
    zoned.unwrap_or_else(|_| time.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::samples::an_event;
    use super::*;

    fn told(event: &Event) -> Value {
        serde_json::from_str(&event_json(event, "https://frid.example")).unwrap()
    }

    #[test]
    fn an_event_tells_when_where_and_for_how_much() {
        let mut event = an_event();
        event.plan.tracks.pop();
        let json = told(&event);
        assert_eq!(json["url"], "https://frid.example/konferenser/samverkan-2027/");
        assert_eq!(json["startDate"], "2027-03-12T09:00:00+01:00");
        assert_eq!(json["eventAttendanceMode"], "https://schema.org/OfflineEventAttendanceMode");
        assert_eq!(json["location"][0]["address"]["addressLocality"], "Göteborg");
        assert_eq!((&json["isAccessibleForFree"], &json["offers"][0]["price"]), (&json!(true), &json!(0)));
        assert_eq!(json["maximumAttendeeCapacity"], 340);
    }

    #[test]
    fn what_is_cancelled_digital_or_an_example_says_so() {
        let mut event = an_event();
        event.cancelled_at = Some(1);
        event.plan.example = true;
        event.plan.tracks[1].broadcast = "https://sandning.example/hemlig".into();
        let json = told(&event);
        assert_eq!(json["eventStatus"], "https://schema.org/EventCancelled");
        assert_eq!(json["eventAttendanceMode"], "https://schema.org/MixedEventAttendanceMode");
        assert!(json["name"].as_str().unwrap().starts_with("Exempel: ") && json["maximumAttendeeCapacity"].is_null());
        assert!(!json.to_string().contains("hemlig"), "the broadcast is for those who have a place");
    }

    #[test]
    fn no_text_can_leave_its_script() {
        let mut event = an_event();
        event.plan.lead = "</script><script>alert(1)</script>".into();
        assert!(!event_json(&event, "https://frid.example").contains('<'));
        assert_eq!(told(&event)["description"], "</script><script>alert(1)</script>");
    }
}
