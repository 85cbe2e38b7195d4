// Reads a calendar (RFC 5545) from its input with ical.js, and tells in JSON what is in it. Times are worked out with
// the VTIMEZONE that the calendar brings along, not with what the program knows of Stockholm.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone), zone.getFirstPropertyValue("tzid"));
}

const value = (component, name) => component.getFirstPropertyValue(name)?.toString() ?? null;
const moment = (component, name) => {
  const time = component.getFirstPropertyValue(name);
  if (time.isDate) return time.toString();
  const zoned = component.getFirstProperty(name).getParameter("tzid");
  if (zoned) time.zone = ICAL.TimezoneService.get(zoned);
  return time.toJSDate().toISOString().replace(".000Z", "Z");
};

const events = calendar.getAllSubcomponents("vevent").map((event) => ({
  uid: value(event, "uid"),
  sequence: event.getFirstPropertyValue("sequence"),
  status: value(event, "status"),
  start: moment(event, "dtstart"),
  end: moment(event, "dtend"),
  stamp: moment(event, "dtstamp"),
  summary: value(event, "summary"),
  location: value(event, "location"),
  description: value(event, "description"),
  url: value(event, "url"),
  organizer: value(event, "organizer"),
  organizer_name: event.getFirstProperty("organizer")?.getParameter("cn") ?? null,
  attendee: value(event, "attendee"),
}));
console.log(
  JSON.stringify({ method: value(calendar, "method"), name: value(calendar, "x-wr-calname"), events, errors: [] }),
);
