"""Reads a calendar (RFC 5545) from its input with the package icalendar, and tells in JSON what is in it."""

import json
import sys
from datetime import datetime, timezone

from icalendar import Calendar


def moment(value):
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat()


def text(component, name):
    return str(component[name]) if name in component else None


calendar = Calendar.from_ical(sys.stdin.buffer.read().decode())
events = [
    {
        "uid": text(event, "UID"),
        "sequence": int(event["SEQUENCE"]),
        "status": text(event, "STATUS"),
        "start": moment(event["DTSTART"].dt),
        "end": moment(event["DTEND"].dt),
        "stamp": moment(event["DTSTAMP"].dt),
        "summary": text(event, "SUMMARY"),
        "location": text(event, "LOCATION"),
        "description": text(event, "DESCRIPTION"),
        "url": text(event, "URL"),
        "organizer": text(event, "ORGANIZER"),
        "organizer_name": event["ORGANIZER"].params["CN"] if "ORGANIZER" in event else None,
        "attendee": text(event, "ATTENDEE"),
    }
    for event in calendar.walk("VEVENT")
]
errors = [str(error) for component in calendar.walk() for error in component.errors]
print(json.dumps({"method": text(calendar, "METHOD"), "name": text(calendar, "X-WR-CALNAME"), "events": events, "errors": errors}))
