//! `/redaktion/utkast/{utkast}/`: the page being written. Saved by the button, and by itself while somebody types.

use super::check::{Remark, Remarks};
use super::new_page::places;
use super::steps::{NotYet, publisher};
use super::written::Written;
use super::{Draft, Kind, SaveRefusal, Scheduled, Step};
use crate::desk::{Answer, Asked, Stop};
use crate::document::{Document, Head};
use crate::guidance::{Audience, Subject};
use crate::routes::desk;
use crate::services::Services;
use crate::training::{Format, Group};
use crate::ui::crumbs::Crumb;
use crate::ui::field::ChoiceField;
use crate::ui::moment::Moment;
use crate::ui::text_area::TextArea;
use crate::viewer::{Refusal, Viewer};
use leptos::prelude::*;

/// The published page of that address, taken up to be changed.
pub async fn open(asked: Asked) -> Result<Answer, Stop> {
    let (kind, slug) = (Kind::parse(asked.part("typ")).ok_or(Stop::Missing)?, asked.part("sida").to_owned());
    asked.viewer.member()?;
    let county = asked.services.editing.whose(kind, &slug).await?.ok_or(Stop::Missing)?;
    let editor = asked.viewer.editor(county)?;
    match asked.services.editing.open(&editor, kind, &slug).await? {
        Some(id) => Ok(Answer::Redirect(desk::draft(&id))),
        None => Err(Stop::Missing),
    }
}

pub async fn page(asked: Asked) -> Result<Answer, Stop> {
    let draft = draft(&asked).await?;
    shown(&asked, 200, draft, None, None).await
}

/// The draft, with a link that somebody has just made.
pub(super) async fn shown_with_link(asked: &Asked, link: String) -> Result<Answer, Stop> {
    let draft = draft(asked).await?;
    shown(asked, 200, draft, None, Some(link)).await
}

pub async fn save(asked: Asked) -> Result<Answer, Stop> {
    let before = draft(&asked).await;
    let written = Written::read(&asked.form);
    let (version, quietly) = (asked.form.get("version").parse().unwrap_or(0), asked.form.has("tyst"));
    let saved = match before {
        Ok(before) => {
            // Neither the page that it was nor the one that it becomes may be another county's.
            asked.viewer.editor(before.written.county())?;
            let editor = asked.viewer.editor(written.county())?;
            asked.services.editing.save(&editor, &before.id, version, &written, Step::GoesOn).await?
        }
        Err(Stop::Missing) => Err(SaveRefusal::Gone),
        Err(stop) => return Err(stop),
    };
    match saved {
        Ok(version) if quietly => Ok(Answer::Json(format!("{{\"version\":{version}}}"))),
        Ok(_) => {
            let to = match asked.form.get("sedan") {
                "forhandsvisa" => desk::preview(asked.part("utkast")),
                "publicera" => desk::publishing(asked.part("utkast")),
                _ => format!("{}#sparat", desk::draft(asked.part("utkast"))),
            };
            Ok(Answer::Redirect(to))
        }
        Err(_) if quietly => Err(Stop::Conflict),
        Err(SaveRefusal::Changed(theirs)) => {
            let mine = Draft { written, ..(*theirs).clone() };
            shown(&asked, 409, mine, Some(Clash::Saved(theirs)), None).await
        }
        Err(SaveRefusal::Scheduled(theirs)) => {
            let mine = Draft { written, ..(*theirs).clone() };
            shown(&asked, 409, mine, Some(Clash::Scheduled), None).await
        }
        Err(SaveRefusal::Gone) => Ok(Answer::page_with(410, move || gone(written))),
    }
}

pub async fn submit(asked: Asked) -> Result<Answer, Stop> {
    let draft = draft(&asked).await?;
    let editor = asked.viewer.editor(draft.written.county())?;
    asked.services.editing.submit(&editor, &draft.id).await?;
    Ok(Answer::Redirect(desk::draft(&draft.id)))
}

pub async fn send_back(asked: Asked) -> Result<Answer, Stop> {
    let draft = draft(&asked).await?;
    let editor = asked.viewer.editor(draft.written.county())?;
    asked.services.editing.send_back(&editor, &draft.id, asked.form.get("kommentar").trim()).await?;
    Ok(Answer::Redirect(desk::draft(&draft.id)))
}

pub async fn comment(asked: Asked) -> Result<Answer, Stop> {
    let member = asked.viewer.member()?;
    let draft = draft(&asked).await?;
    let comment = asked.form.get("kommentar").trim();
    if !comment.is_empty() {
        asked.services.editing.comment(&member, &draft.id, comment).await?;
    }
    Ok(Answer::Redirect(format!("{}#kommentarer", desk::draft(&draft.id))))
}

pub(super) async fn draft(asked: &Asked) -> Result<Draft, Stop> {
    let member = asked.viewer.member()?;
    asked.services.editing.draft(&member, asked.part("utkast")).await?.ok_or(Stop::Missing)
}

/// Why what was typed has not been saved.
enum Clash {
    /// Somebody has saved this meanwhile.
    Saved(Box<Draft>),
    /// Somebody has set the time at which the draft is published.
    Scheduled,
}

async fn shown(
    asked: &Asked,
    status: u16,
    draft: Draft,
    clash: Option<Clash>,
    link: Option<String>,
) -> Result<Answer, Stop> {
    let remarks = asked.services.editing.preview(&draft).await?.remarks;
    let subjects = asked.services.guidance.subjects().to_vec();
    let viewer = asked.viewer.clone();
    Ok(Answer::page_with(status, move || view(&viewer, draft, clash, link, remarks, subjects)))
}

fn crumbs() -> Vec<Crumb> {
    vec![Crumb::new(desk::HOME, "Redaktionen"), Crumb::new(desk::PAGES, "Sidor")]
}

fn view(
    viewer: &Viewer,
    draft: Draft,
    clash: Option<Clash>,
    link: Option<String>,
    remarks: Vec<Remark>,
    subjects: Vec<Subject>,
) -> impl IntoView + use<> {
    let Services { site, .. } = Services::current();
    let head = Head { path: desk::draft(&draft.id), crumbs: crumbs(), ..Head::of_staff("Utkast") };
    let may_write = viewer.editor(draft.written.county()).is_ok();
    let title = if draft.written.title.is_empty() { "Utan rubrik".to_owned() } else { draft.written.title.clone() };
    let state = if draft.submitted_at.is_some() { "Väntar på granskning." } else { "Utkast." };
    let (written_at, by) = (draft.written_at, draft.written_by.clone());
    // Whoever wrote while a time was set still has the form, with what they wrote.
    let is_locked = draft.scheduled.is_some() && clash.is_none();
    let conflict = clash.map(|clash| match clash {
        Clash::Saved(theirs) => view! { <Theirs theirs=*theirs /> }.into_any(),
        Clash::Scheduled => view! { <NotSaved /> }.into_any(),
    });
    let waiting = draft.scheduled.clone().map(|scheduled| waiting(&draft.id, scheduled, may_write));
    let form = if is_locked {
        ().into_any()
    } else if may_write {
        view! { <WriteForm draft=draft.clone() subjects places=places(viewer) /> }.into_any()
    } else {
        view! { <p>{NotYet::Refused(Refusal::NotAllowed).swedish()}</p> }.into_any()
    };
    let next = (!is_locked).then(|| next_steps(viewer, &draft));
    let versions = desk::versions(draft.kind.slug(), &draft.slug);
    let sharing = may_write.then(|| sharing(&draft, link.map(|path| format!("{}{path}", site.base_url))));
    let discarding = (may_write && !is_locked).then(|| discarding(&draft));
    let comments = draft.comments.clone();
    let comment_action = desk::comment(&draft.id);
    view! {
        <Document head>
            <h1>{title}</h1>
            <p class="aside" id="sparat">{state} {format!(" Sparat av {by} ")} <Moment seconds=written_at /> "."</p>
            {conflict}
            {waiting}
            {form}
            <section aria-labelledby="kontroll">
                <h2 id="kontroll">"Kontroll före publicering"</h2>
                <Remarks remarks />
            </section>
            <section aria-labelledby="vidare">
                <h2 id="vidare">"Nästa steg"</h2>
                {next}
                <p><a href=desk::preview(&draft.id)>"Förhandsvisa"</a> " · " <a href=versions>"Versioner och skillnader"</a></p>
                {discarding}
            </section>
            {sharing}
            <section aria-labelledby="kommentarer">
                <h2 id="kommentarer">"Kommentarer"</h2>
                {comments.into_iter().map(|comment| view! {
                    <blockquote><p>{comment.text}</p><p class="aside">{format!("{}, ", comment.by)} <Moment seconds=comment.at /></p></blockquote>
                }).collect_view()}
                <form method="post" action=comment_action class="desk-form">
                    <div class="field">
                        <label for="kommentar">"Ny kommentar"</label>
                        <TextArea id="kommentar" name="kommentar" rows=3 longest=4000 />
                    </div>
                    <button class="quiet">"Lämna kommentaren"</button>
                </form>
            </section>
            <script src=site.assets.writing defer></script>
        </Document>
    }
}

fn next_steps(viewer: &Viewer, draft: &Draft) -> impl IntoView + use<> {
    let may = publisher(viewer, draft);
    let publishing = desk::publishing(&draft.id);
    let (submit, back) = (desk::submit(&draft.id), desk::send_back(&draft.id));
    let may_write = viewer.editor(draft.written.county()).is_ok();
    let submitted = draft.submitted_at.is_some();
    let publish = match may {
        Ok(_) => view! { <p><a class="button" href=publishing>"Till publicering"</a></p> }.into_any(),
        Err(why) => view! { <p>{why.swedish()}</p> }.into_any(),
    };
    let review = (may_write && !submitted).then(|| {
        view! {
            <form method="post" action=submit><button class="quiet">"Skicka till granskning"</button></form>
        }
    });
    let back = (may_write && submitted).then(|| {
        view! {
            <form method="post" action=back class="desk-form">
                <div class="field">
                    <label for="tillbaka">"Vad behöver göras?"</label>
                    <TextArea id="tillbaka" name="kommentar" rows=3 longest=4000 />
                </div>
                <button class="quiet">"Skicka tillbaka"</button>
            </form>
        }
    });
    view! { {publish} {review} {back} }
}

/// The time that has been set, and the way out of it.
fn waiting(id: &str, scheduled: Scheduled, may_write: bool) -> AnyView {
    let action = desk::unschedule(id);
    view! {
        <div class="notice notice-important">
            <p class="notice-title">"Publiceras av sig själv"</p>
            <p>"Sidan publiceras " <Moment seconds=scheduled.at /> {format!(". Det har {} bestämt. ", scheduled.by)}
                "Tills dess kan texten inte ändras, så att det som publiceras är det som någon har läst."</p>
            {may_write.then(|| view! { <form method="post" action=action><button class="quiet">"Ta bort tiden"</button></form> })}
        </div>
    }
    .into_any()
}

#[component]
fn NotSaved() -> impl IntoView {
    view! {
        <div class="notice notice-warning" role="alert">
            <p class="notice-title">"Texten är inte sparad"</p>
            <p>"Någon har bestämt när sidan ska publiceras. Din text står kvar i formuläret. Kopiera den, ta bort tiden här under och spara sedan igen."</p>
        </div>
    }
}

/// A link for somebody without an account; shown whole only when it has just been made.
fn sharing(draft: &Draft, link: Option<String>) -> AnyView {
    let (share, unshare) = (desk::share(&draft.id), desk::unshare(&draft.id));
    let until = draft.shared_until.map(|until| {
        view! {
            <p>"Den som har länken kan läsa utkastet till " <Moment seconds=until /> "."</p>
            <form method="post" action=unshare><button class="quiet">"Avsluta länken"</button></form>
        }
    });
    let link = link.map(|link| {
        view! {
            <div class="notice notice-important" role="status">
                <p class="notice-title">"Länken är klar"</p>
                <p>"Ge den till den som ska läsa. Den visas bara nu."</p>
                <p><code class="secret">{link}</code></p>
            </div>
        }
    });
    view! {
        <section aria-labelledby="dela">
            <h2 id="dela">"Visa utkastet för någon utan konto"</h2>
            {link}
            {until}
            <p>"En länk gäller i 14 dagar och visar alltid den text som är sparad."</p>
            <form method="post" action=share><button class="quiet">"Skapa länk"</button></form>
        </section>
    }
    .into_any()
}

fn discarding(draft: &Draft) -> impl IntoView + use<> {
    let kept = if draft.is_live { "Den publicerade sidan påverkas inte. " } else { "" };
    view! {
        <details>
            <summary>"Kasta utkastet"</summary>
            <p>{kept} "Utkastet kan tas fram igen i 90 dagar."</p>
            <form method="post" action=desk::discard(&draft.id)><button class="quiet">"Kasta"</button></form>
        </details>
    }
}

/// What somebody else has saved meanwhile, whole, to be copied from.
#[component]
fn Theirs(theirs: Draft) -> impl IntoView {
    view! {
        <div class="notice notice-warning" role="alert">
            <p class="notice-title">{format!("{} har sparat medan du skrev", theirs.written_by)}</p>
            <p>"Din text står kvar i formuläret. Här är den andras. För över det som ska vara med och spara igen. Båda texterna finns kvar tills dess."</p>
            <label for="deras">{format!("Texten som {} sparade", theirs.written_by)}</label>
            <TextArea id="deras" rows=14 value=theirs.written.body.clone() />
            <details>
                <summary>"De andra fälten"</summary>
                <dl class="facts">
                    <dt>"Rubrik"</dt><dd>{theirs.written.title.clone()}</dd>
                    <dt>"Ingress"</dt><dd>{theirs.written.lead.clone()}</dd>
                </dl>
            </details>
        </div>
    }
}

/// A draft that is no longer there, and what was typed into it.
fn gone(written: Written) -> impl IntoView {
    let head = Head {
        path: desk::PAGES.into(),
        crumbs: vec![Crumb::new(desk::HOME, "Redaktionen")],
        ..Head::of_staff("Utkast")
    };
    view! {
        <Document head>
            <h1>"Utkastet finns inte längre"</h1>
            <p class="lead">"Någon har publicerat eller kastat det medan du skrev. Din text har inte sparats, men står här. Kopiera den innan du går vidare."</p>
            <div class="field">
                <label for="text">{written.title}</label>
                <TextArea id="text" rows=20 value=written.body />
            </div>
            <p><a href=desk::PAGES>"Till alla sidor"</a></p>
        </Document>
    }
}

#[component]
fn WriteForm(draft: Draft, subjects: Vec<Subject>, places: Vec<(String, String)>) -> impl IntoView {
    let Draft { id, kind, written, version, .. } = draft;
    let (is_guidance, is_material) = (kind == Kind::Guidance, kind == Kind::Material);
    let line = |name: &'static str, label: &'static str, help: &'static str, value: String, longest: u16| {
        let described = (!help.is_empty()).then(|| format!("{name}-om"));
        view! {
            <div class="field">
                <label for=name>{label}</label>
                {(!help.is_empty()).then(|| view! { <p class="help-text" id=format!("{name}-om")>{help}</p> })}
                <input type="text" id=name name=name value=value maxlength=longest.to_string() autocomplete="off" aria-describedby=described />
            </div>
        }
    };
    let audience_boxes = |chosen: &[String]| {
        let audiences = Audience::ALL.map(|audience| (audience.slug().to_owned(), audience.name().to_owned()));
        let boxes = boxes("malgrupper", audiences, chosen);
        view! { <fieldset><legend>"Vem är sidan för?"</legend>{boxes}</fieldset> }
    };
    let subjects = boxes("amnen", subjects.into_iter().map(|s| (s.slug, s.title)), &written.subjects);
    let review = |due: String| {
        line(
            "granskas_senast",
            "Granskas senast",
            "Så här: 2027-05-21. Lämna tomt för ett år efter granskningen.",
            due,
            10,
        )
    };
    let of_material = is_material.then(|| {
        let formats = Format::ALL.map(|format| (format.slug().to_owned(), format.name().to_owned())).into();
        let groups = Group::ALL.map(|group| (group.slug().to_owned(), group.name().to_owned()));
        let groups = boxes("grupper", groups, &written.groups);
        view! {
            <ChoiceField name="format" id="format" label="Format" chosen=written.format.clone() choices=formats />
            {line("langd", "Längd i minuter", "Lämna tomt om det inte går att säga.", written.minutes.clone(), 4)}
            {line("utgivare", "Utgivare", "", written.publisher.clone(), 120)}
            {line("artikelnummer", "Artikelnummer", "", written.item_number.clone(), 40)}
            {line("plats", "Länk eller fil", "Adressen hos utgivaren, https://…, eller en fil du har laddat upp, /media/…", written.place.clone(), 500)}
            {line("hanvisa_till", "Läs så länge", "Bara om materialet uppdateras: adressen till det som gäller så länge, till exempel /handbok/.", written.instead.clone(), 300)}
            {line("tillganglighet", "Tillgänglighet", "Till exempel: Filmen är textad och syntolkad.", written.accessibility.clone(), 300)}
            <fieldset><legend>"Vad handlar materialet om?"</legend>{groups}</fieldset>
            {audience_boxes(&written.audiences)}
            {review(written.review_due.clone())}
        }
        .into_any()
    });
    let of_guidance = is_guidance.then(|| view! {
        <fieldset><legend>"Ämnen"</legend>{subjects}</fieldset>
        {audience_boxes(&written.audiences)}
        <div class="field">
            <label for="kallor">"Källor"</label>
            <p class="help-text" id="kallor-om">"En per rad: titel | utgivare | https://… | 2026-07-09. Bara titeln måste finnas."</p>
            <TextArea id="kallor" name="kallor" rows=4 longest=20_000 described_by="kallor-om" value=written.sources.clone() />
        </div>
        {review(written.review_due.clone())}
        {line("lagrum_datum", "Lagen som den var den", "Så här: 2026-07-09. Lämna tomt för dagen då sidan ändras.", written.legal_date.clone(), 10)}
        {line("relaterat", "Andra sidor att läsa", "Adressens sista del, med komma emellan: freda, orosanmalan.", written.related.clone(), 500)}
    });
    let lines = |name: &'static str, label: &'static str, help: &'static str, value: String| {
        view! {
            <div class="field">
                <label for=name>{label}</label>
                <p class="help-text" id=format!("{name}-om")>{help}</p>
                <TextArea id=name name=name rows=5 longest=20_000 described_by=format!("{name}-om") value=value />
            </div>
        }
    };
    let of_course = (kind == Kind::Course).then(|| view! {
        {lines("moduler", "Moduler", "En per rad, i ordning: modulens adress, till exempel upptacka-och-fraga. Publicera en ny modul innan du lägger till den här.", written.modules.clone())}
        {lines("bygger_pa", "Bygger på", "En författning per rad: sfs/2025:400.", written.builds_on.clone())}
        {line("godkant", "Rätta svar för godkänt, i procent", "", written.pass_mark.clone(), 3)}
        {audience_boxes(&written.audiences)}
        {review(written.review_due.clone())}
    }.into_any());
    let of_module = (kind == Kind::Module).then(|| view! {
        {lines("mal", "Efter modulen kan du", "Ett mål per rad, utan punkt: känna igen tecken i skola och vård.", written.goals.clone())}
        {lines("samtal", "Att samtala om", "En fråga per rad, för arbetsplatsen.", written.talk.clone())}
        {line("langd", "Längd i minuter", "Läsa och svara.", written.minutes.clone(), 3)}
        {line("lagrum_datum", "Lagen som den var den", "Så här: 2026-07-09.", written.legal_date.clone(), 10)}
        <div class="field">
            <label for="kallor">"Källor"</label>
            <p class="help-text" id="kallor-om">"En per rad: titel | utgivare | https://… | 2026-07-09. Bara titeln måste finnas."</p>
            <TextArea id="kallor" name="kallor" rows=4 longest=20_000 described_by="kallor-om" value=written.sources.clone() />
        </div>
    }.into_any());
    let asked = (kind == Kind::Module).then(questions_help);
    let has_text = kind != Kind::Course;
    view! {
        <form method="post" action=desk::draft(&id) class="write" data-autosave=id.clone() data-preview=desk::live_preview(&id)>
            <input type="hidden" name="version" value=version.to_string() />
            {line("titel", "Rubrik", "", written.title, 120)}
            {line("kort_titel", "Kort rubrik", "Till fönster och menyer. Neutral: den blir kvar i läsarens webbhistorik. Lämna tom om rubriken duger.", written.short_title, 40)}
            <div class="field">
                <label for="ingress">"Ingress"</label>
                <TextArea id="ingress" name="ingress" rows=3 longest=600 value=written.lead />
            </div>
            {asked}
            {has_text.then(|| view! { <div class="field">
                <label for="text">"Text"</label>
                <p class="help-text" id="text-om">
                    "Rubriker börjar med ##, listor med -, länkar skrivs [text](/adress). Lagrum skriver du som vanligt: 19 kap. 1 § SoL. "
                    <a href=desk::FACTS>"Telefonnummer och siffror"</a> " hämtar du ur en lista. "
                    <a href=desk::FILES>"Bilder och dokument"</a> " laddar du upp först. Båda ger dig raden som du klistrar in här."
                </p>
                <TextArea id="text" name="text" rows=24 described_by="text-om" value=written.body />
            </div> })}
            <details>
                <summary>"Uppgifter om sidan"</summary>
                <ChoiceField name="lan" id="lan" label="Vems sida?" chosen=written.county choices=places />
                {of_guidance}
                {of_material}
                {of_course}
                {of_module}
                {line("nyckelord", "Ord som läsaren kan söka på", "Med komma emellan. Visas inte.", written.keywords, 2000)}
            </details>
            <p role="status" class="saved"></p>
            <div class="acts">
                <button>"Spara"</button>
                <button class="quiet" name="sedan" value="forhandsvisa">"Spara och förhandsvisa"</button>
            </div>
        </form>
    }
}

/// How questions are written, where they are written.
fn questions_help() -> impl IntoView {
    const ONE: &str = "```fraga enval misstanke-racker\nElsa säger att allt är bra. Vad gör läraren?\n\n- [ ] Väntar på bevis.\n  > Nej. Misstanke räcker.\n- [x] Anmäler genast.\n  > Ja.\n\nGrund: 19 kap. 1 § SoL\n```";
    view! {
        <details>
            <summary>"Så skriver du frågor"</summary>
            <p>"Frågor står i texten, mellan rader med tre grava accenter. Efter ”fraga” kommer frågans slag och ett eget namn med små bokstäver:"</p>
            <pre>{ONE}</pre>
            <ul>
                <li>"enval: ett svar är rätt. flerval: flera är rätta. Varje svar har en rad under sig med återkoppling."</li>
                <li>"ordning: rader 1. 2. 3. i rätt ordning, sedan Rätt: och Fel: med återkoppling. De visas i en annan ordning."</li>
                <li>"para: rader - vänster = höger, sedan Rätt: och Fel:."</li>
                <li>"reflektion: en fråga att tänka på, med en rad Tips: om du vill. Svaret skickas aldrig."</li>
                <li>"fall: steg som börjar med == namn, med val - text -> steg, eller ett slut: Utfall: rätt eller Utfall: fel."</li>
                <li>"Alla utom reflektion slutar med Grund: och lagrummet eller källan."</li>
            </ul>
        </details>
    }
}

fn boxes(name: &'static str, choices: impl IntoIterator<Item = (String, String)>, chosen: &[String]) -> AnyView {
    let boxes: Vec<_> = choices
        .into_iter()
        .map(|(value, called)| {
            let checked = chosen.contains(&value);
            view! { <label class="box"><input type="checkbox" name=name value=value checked=checked /> {called}</label> }
        })
        .collect();
    boxes.into_any()
}
