//! Pictures and documents: taken in, shown, put into texts and removed, on both databases; and everything that somebody
//! may try to get past the door.

use crate::on_both;
use crate::portal::{Answer, On, TestPortal, a_subject, an_article, form_request, multipart, upload_request};
use app::viewer::Role;
use futures::future::join_all;
use image::{ImageFormat, Rgb, RgbImage};
use server::on;
use std::io::{Cursor, Write};
use tokio::sync::Barrier;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A picture of one colour, as a program writes it.
pub fn a_picture(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::from_pixel(width, height, Rgb([200, 30, 30])).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG whose EXIF part tells a place and that the camera was held on its side.
fn a_photograph() -> Vec<u8> {
    let jpeg = a_picture(ImageFormat::Jpeg, 8, 4);
    let mut tiff = b"II*\0\x08\0\0\0\x02\0".to_vec();
    tiff.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0");
    tiff.extend(b"\x25\x88\x04\0\x01\0\0\0\x26\0\0\0\0\0\0\0");
    tiff.extend(b"\x01\0\x01\0\x02\0\x02\0\0\0N\0\0\0\0\0\0\0GPS-PLATS-59.3293");
    let length = u16::try_from(tiff.len() + 8).unwrap().to_be_bytes();
    [&jpeg[..2], b"\xff\xe1", &length, b"Exif\0\0", &tiff, &jpeg[2..]].concat()
}

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// A package as Word writes it, with these parts beside its list of contents.
fn a_document(parts: &[(&str, &[u8])]) -> Vec<u8> {
    const CONTENTS: &[u8] = b"<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.\
        openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [("[Content_Types].xml", CONTENTS)].iter().chain(parts) {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

async fn a_portal(on: On) -> TestPortal {
    let (path, page) = an_article("lans-sida", "Länets sida", "Länets text.");
    let county = (path, page.replace("publicerad =", "lan = ['skane']\npublicerad ="));
    TestPortal::with(on, &[a_subject(), county]).await
}

const PICTURE: [(&str, &str); 3] = [("slag", "bild"), ("lan", "skane"), ("alt", "En röd yta")];
const DOCUMENT: [(&str, &str); 3] = [("slag", "dokument"), ("lan", "skane"), ("tillganglig", "ja")];

/// The id of the file that was just uploaded.
fn id(uploaded: &Answer) -> String {
    assert_eq!(uploaded.status, 303, "{}", uploaded.text());
    uploaded.header("location").strip_prefix("/redaktion/filer/?ny=").unwrap().to_owned()
}

async fn count(portal: &TestPortal, sql: &'static str) -> i64 {
    on!(&portal.portal.db, pool => sqlx::query_scalar(sql).fetch_one(pool).await).unwrap()
}

/// The text of a new draft of the county's page.
async fn write(portal: &TestPortal, cookie: &str, text: &str) -> String {
    let opened = portal.submit(cookie, "/redaktion/sidor/vagledning/lans-sida/andra", "").await;
    let draft = opened.header("location").to_owned();
    let version = version(&portal.get_as(cookie, &draft).await);
    let form = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([
            ("version", version.as_str()),
            ("titel", "Länets sida"),
            ("ingress", "Ingress."),
            ("amnen", "amne"),
            ("malgrupper", "skola"),
            ("lan", "skane"),
            ("text", text),
        ])
        .finish();
    assert_eq!(portal.submit(cookie, &draft, &form).await.status, 303);
    draft
}

async fn publish(portal: &TestPortal, cookie: &str, draft: &str) -> Answer {
    let version = version(&portal.get_as(cookie, draft).await);
    portal.submit(cookie, &format!("{draft}publicera/"), &format!("version={version}&storlek=mindre")).await
}

fn version(page: &Answer) -> String {
    page.text().split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

on_both!(a_picture_is_uploaded_put_into_a_text_and_shown, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let photograph = a_photograph();
    assert!(photograph.windows(9).any(|part| part == b"GPS-PLATS"));
    let id = id(&portal.upload(&eva, &PICTURE, "Vägen hem.JPEG", &photograph).await);
    assert!(id.ends_with("-4x8"), "upright, as the camera was held: {id}");
    let address = format!("/media/{id}/vagen-hem.jpg");
    let line = format!("![En röd yta]({address})");
    let list = portal.get_as(&eva, "/redaktion/filer/").await;
    assert!(list.text().contains(&line) && list.text().contains("Vägen hem"), "{}", list.text());

    let shown = portal.get(&address).await;
    assert_eq!((shown.status, shown.header("content-type")), (200, "image/jpeg"));
    assert_eq!(shown.header("x-content-type-options"), "nosniff");
    assert!(shown.header("cache-control").contains("immutable") && shown.header("set-cookie").is_empty());
    assert_eq!(shown.header("content-disposition"), "");
    for trace in [b"GPS-PLATS".as_slice(), b"Exif"] {
        assert!(!shown.bytes.windows(trace.len()).any(|part| part == trace), "the place is gone");
    }
    let mut again = crate::portal::request("GET", &address);
    again.headers_mut().insert("if-none-match", shown.header("etag").parse().unwrap());
    assert_eq!(portal.send(again).await.status, 304);
    for other in [format!("/media/{id}/annat.jpg"), format!("/media/{id}/vagen-hem.png"), format!("/media/{id}")] {
        assert_eq!(portal.get(&other).await.status, 404, "{other}");
    }

    let draft = write(&portal, &eva, &format!("Så här:\n\n{line}")).await;
    let figure = format!(
        "<img src=\"{address}\" alt=\"En röd yta\" width=\"4\" height=\"8\" loading=\"lazy\" decoding=\"async\">"
    );
    let preview = portal.get_as(&eva, &format!("{draft}forhandsvisa/")).await;
    assert!(preview.text().contains(&format!("<figure>\n{figure}\n</figure>")), "{}", preview.text());
    assert_eq!(publish(&portal, &eva, &draft).await.status, 303);
    assert!(portal.get("/vagledning/lans-sida").await.text().contains(&figure));
});

on_both!(a_document_is_downloaded_under_its_name_and_can_do_nothing, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let id = id(&portal.upload(&eva, &DOCUMENT, "Stöd vid samtal.pdf", PDF).await);
    let list = portal.get_as(&eva, "/redaktion/filer/").await;
    let line = format!("[Stöd vid samtal (pdf, 1 kB)](/media/{id}/stod-vid-samtal.pdf)");
    assert!(list.text().contains(&line), "{}", list.text());
    let answer = portal.get(&format!("/media/{id}/stod-vid-samtal.pdf")).await;
    assert_eq!((answer.status, answer.header("content-type"), answer.bytes.as_slice()), (200, "application/pdf", PDF));
    assert_eq!(answer.header("content-security-policy"), "sandbox; default-src 'none'");
    assert_eq!(
        answer.header("content-disposition"),
        "attachment; filename=\"stod-vid-samtal.pdf\"; filename*=UTF-8''St%C3%B6d%20vid%20samtal.pdf"
    );
    // A link to it is a link like any other.
    let draft = write(&portal, &eva, &line).await;
    assert_eq!(publish(&portal, &eva, &draft).await.status, 303);
    assert!(portal.get("/vagledning/lans-sida").await.text().contains("Stöd vid samtal (pdf, 1 kB)</a>"));

    let documents =
        [("text.docx", a_document(&[("word/document.xml", b"<w/>")])), ("film.vtt", b"WEBVTT\n\nHej".to_vec())];
    for (name, bytes) in documents {
        assert_eq!(portal.upload(&eva, &DOCUMENT, name, &bytes).await.status, 303, "{name}");
    }
    // Not accessible itself: then where the same is found stands in the line.
    let other =
        [("slag", "dokument"), ("lan", "skane"), ("tillganglig", "nej"), ("alternativ", "/vagledning/lans-sida")];
    let bytes = [PDF, b"\n"].concat();
    assert_eq!(portal.upload(&eva, &other, "blankett.pdf", &bytes).await.status, 303);
    let list = portal.get_as(&eva, "/redaktion/filer/?q=blankett&lan=skane").await;
    assert!(list.text().contains(", [i annan form](/vagledning/lans-sida)") && list.text().contains("1 fil"));
});

on_both!(a_file_that_is_used_stays_and_one_that_is_removed_says_so, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let id = id(&portal.upload(&eva, &PICTURE, "bild.png", &a_picture(ImageFormat::Png, 3, 2)).await);
    let (address, remove) = (format!("/media/{id}/bild.png"), format!("/redaktion/filer/{id}/ta-bort"));
    let draft = write(&portal, &eva, &format!("![En röd yta]({address})")).await;
    let refused = portal.submit(&eva, &remove, "").await;
    assert_eq!(refused.status, 409);
    assert!(refused.text().contains(&format!("href=\"{draft}\"")) && refused.text().contains("(utkast)"));
    assert_eq!(publish(&portal, &eva, &draft).await.status, 303);
    let refused = portal.submit(&eva, &remove, "").await;
    assert!(refused.status == 409 && refused.text().contains("(publicerad)"), "{}", refused.text());

    let draft = write(&portal, &eva, "Utan bild.").await;
    assert_eq!(publish(&portal, &eva, &draft).await.status, 303);
    assert_eq!(portal.submit(&eva, &remove, "").await.status, 303);
    let gone = portal.get(&address).await;
    assert!(gone.status == 410 && gone.text().contains("Filen är borttagen"), "{}", gone.text());
    assert_eq!(portal.submit(&eva, &remove, "").await.status, 404);
    assert_eq!(count(&portal, "SELECT count(*) FROM media_bytes").await, 0);
    assert_eq!(count(&portal, "SELECT CAST(sum(used) AS BIGINT) FROM media_usage").await, 0, "its room is free");
    let acts = count(&portal, "SELECT count(*) FROM audit_log WHERE act IN ('uploaded-file', 'removed-file')").await;
    assert_eq!(acts, 2);
    // The same file may come again; it gets another address.
    assert_eq!(portal.upload(&eva, &PICTURE, "bild.png", &a_picture(ImageFormat::Png, 3, 2)).await.status, 303);
});

on_both!(a_text_with_a_picture_that_is_not_there_or_says_nothing_is_not_published, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let id = id(&portal.upload(&eva, &PICTURE, "bild.png", &a_picture(ImageFormat::Png, 3, 2)).await);
    for (text, told) in [
        (format!("Text.\n\n![](/media/{id}/bild.png)"), "Bilden saknar beskrivning"),
        (
            "Text.\n\n![x](/media/0123456789abcdef-3x2/bild.png)".into(),
            "Rad 3: </strong>Filen /media/0123456789abcdef-3x2/bild.png finns inte",
        ),
        ("Text.\n\n[x](/media/0123456789abcdef/rad.pdf)".into(), "finns inte"),
        (format!("![x](/media/{id}/annan.png)"), "finns inte"),
        ("![x](https://ond.example/bild.png)".into(), "Bilden finns inte här"),
    ] {
        let draft = write(&portal, &eva, &text).await;
        let page = portal.get_as(&eva, &draft).await;
        assert!(page.text().contains(told), "{text}: {}", page.text());
        assert_eq!(publish(&portal, &eva, &draft).await.status, 422, "{text}");
    }
});

/// Name, bytes, and a part of the sentence that tells what to do.
fn corpus() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let png = a_picture(ImageFormat::Png, 60, 40);
    let jpeg = a_picture(ImageFormat::Jpeg, 60, 40);
    let document = a_document(&[]);
    let nothing = vec![0; 20_000_000];
    let parts: Vec<(String, &[u8])> = (0..6).map(|n| (format!("word/{n}.xml"), nothing.as_slice())).collect();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let mut claims = png.clone();
    claims[16..24].copy_from_slice(&[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
    let checksum = crc(&claims[12..29]);
    claims[29..33].copy_from_slice(&checksum.to_be_bytes());
    vec![
        (
            "bild.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(),
            "slaget .svg tas inte emot",
        ),
        ("sida.html", b"<script>alert(1)</script>".to_vec(), "slaget .html tas inte emot"),
        ("bild.jpg.html", jpeg.clone(), "slaget .html tas inte emot"),
        ("bild\u{202e}gpj.exe", b"MZ".to_vec(), "slaget .exe tas inte emot"),
        ("bild", jpeg.clone(), "saknar ändelse"),
        ("bild.png", Vec::new(), "Filen är tom"),
        // Two kinds at once.
        ("bild.jpg", b"GIF89a/*\x01\0\x01\0*/=1;alert(1)".to_vec(), "innehållet är något annat"),
        ("bild.png", jpeg.clone(), "innehållet är något annat"),
        ("text.docx", [jpeg.clone(), document.clone()].concat(), "innehållet är något annat"),
        ("text.pdf", [b"<html>".as_slice(), PDF].concat(), "innehållet är något annat"),
        (
            "text.pdf",
            [b"%PDF-1.7\n<html><script>alert(1)</script>".as_slice(), PDF].concat(),
            "innehållet är något annat",
        ),
        ("text.xlsx", document.clone(), "innehållet är något annat"),
        // Too much at once.
        ("bild.png", claims, "50000 × 50000 bildpunkter"),
        ("text.docx", a_document(&parts), "mycket mer än det ser ut"),
        ("text.docx", a_document(&[("../../etc/passwd", b"x")]), "mycket mer än det ser ut"),
        // What runs.
        ("text.docx", a_document(&[("word/vbaProject.bin", b"x")]), "makron"),
        ("text.pdf", b"%PDF-1.7\n<</S/JavaScript/JS(app.alert(1))>>\n%%EOF".to_vec(), "JavaScript"),
        // Broken.
        ("bild.png", png[..png.len() - 40].to_vec(), "skadad"),
        ("bild.jpg", jpeg[..20].to_vec(), "skadad"),
        ("text.docx", document[..document.len() / 2].to_vec(), "skadad"),
        ("text.pdf", PDF[..20].to_vec(), "skadad"),
        ("film.vtt", b"WEBVTT\n\xff\xfe".to_vec(), "UTF-8"),
        ("film.vtt", b"<script>alert(1)</script>".to_vec(), "WEBVTT"),
    ]
}

/// CRC-32 as PNG counts it.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 })
    })
}

on_both!(what_could_harm_is_refused_with_a_word, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    for (name, bytes, told) in corpus() {
        let is_picture = name.starts_with("bild") || name == "sida.html";
        let form = if is_picture { PICTURE } else { DOCUMENT };
        let refused = portal.upload(&eva, &form, name, &bytes).await;
        assert_eq!(refused.status, 422, "{name}: {told}");
        assert!(refused.text().contains(told), "{name}: {told}: {}", refused.text());
        if is_picture {
            assert!(refused.text().contains("value=\"En röd yta\""), "{name}: what was typed is kept");
        }
    }
    assert_eq!(count(&portal, "SELECT count(*) FROM media").await, 0);
});

on_both!(what_cannot_harm_any_more_is_taken, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let jpeg = a_picture(ImageFormat::Jpeg, 6, 4);
    let polyglot = [jpeg, a_document(&[]), b"<script>alert(1)</script>".to_vec()].concat();
    for (n, (name, address)) in [
        ("bild.php.jpg", "bild-php.jpg"),
        ("../../../etc/cron.d/bild.jpg", "bild.jpg"),
        ("C:\\bilder\\bild\u{202e}gnp.jpg", "bildgnp.jpg"),
        ("\"><script>alert(1)</script>.jpg", "script.jpg"),
        ("a\r\nSet-Cookie: b=c.jpg", "a-0d-0aset-cookie-b-c.jpg"),
    ]
    .into_iter()
    .enumerate()
    {
        // Another file each time: the same would be told.
        let bytes = [polyglot.as_slice(), &[u8::try_from(n).unwrap()]].concat();
        let id = id(&portal.upload(&eva, &PICTURE, name, &bytes).await);
        let shown = portal.get(&format!("/media/{id}/{address}")).await;
        assert_eq!(shown.status, 200, "{name}");
        assert!(
            !shown.bytes.windows(7).any(|part| part == b"<script")
                && !shown.bytes.windows(4).any(|part| part == b"PK\x03\x04")
        );
    }
    let list = portal.get_as(&eva, "/redaktion/filer/").await;
    assert!(!list.text().contains("<script>alert") && !list.text().contains('\u{202e}'));
});

on_both!(an_upload_that_is_too_large_or_cut_off_says_what_to_do, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let large = vec![0_u8; 21_000_000];
    let refused = portal.upload(&eva, &PICTURE, "bild.png", &large).await;
    assert_eq!(refused.status, 413);
    assert!(refused.text().contains("högst 20 MB") && refused.text().contains("value=\"En röd yta\""));

    let whole = multipart(&PICTURE, "bild.png", &a_picture(ImageFormat::Png, 60, 40));
    for cut in [whole.len() - 60, whole.len() / 2, 20, 0] {
        let answer = portal.send(upload_request(&eva, whole[..cut].to_vec())).await;
        assert_eq!(answer.status, 400, "after {cut} bytes");
        assert!(answer.text().contains("Hela filen kom inte fram"), "after {cut} bytes");
    }
    // The connection ends within the file.
    let pieces =
        [Ok(whole[..whole.len() / 2].to_vec()), Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))];
    let mut request = upload_request(&eva, Vec::new());
    *request.body_mut() = axum::body::Body::from_stream(futures::stream::iter(pieces));
    assert_eq!(portal.send(request).await.status, 400);
    let none = portal.upload(&eva, &PICTURE, "", b"").await;
    assert!(none.status == 422 && none.text().contains("Välj en fil"), "{}", none.text());
    assert_eq!(count(&portal, "SELECT count(*) FROM media").await, 0);
});

on_both!(a_file_comes_with_what_those_need_who_cannot_see_or_read_it, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let picture = a_picture(ImageFormat::Png, 3, 2);
    for (form, name, bytes, told) in [
        (
            vec![("slag", "bild"), ("lan", "skane"), ("alt", "  ")],
            "bild.png",
            picture.as_slice(),
            "Skriv vad bilden visar",
        ),
        (vec![("slag", "dokument"), ("lan", "skane")], "rad.pdf", PDF, "Svara på om alla kan läsa"),
        (
            vec![("slag", "dokument"), ("lan", "skane"), ("tillganglig", "nej")],
            "rad.pdf",
            PDF,
            "Skriv var samma innehåll",
        ),
        (DOCUMENT.to_vec(), "bild.png", picture.as_slice(), "Det här är en bild"),
        (PICTURE.to_vec(), "rad.pdf", PDF, "Det här är ingen bild"),
    ] {
        let refused = portal.upload(&eva, &form, name, bytes).await;
        assert!(refused.status == 422 && refused.text().contains(told), "{told}: {}", refused.text());
    }
    let id = id(&portal.upload(&eva, &PICTURE, "bild.png", &picture).await);
    let describe = format!("/redaktion/filer/{id}/text");
    assert_eq!(portal.submit(&eva, &describe, "text=+").await.status, 422);
    assert_eq!(portal.submit(&eva, &describe, "text=En+r%C3%B6d+d%C3%B6rr").await.status, 303);
    assert!(portal.get_as(&eva, "/redaktion/filer/").await.text().contains("![En röd dörr](/media/"));
});

on_both!(each_county_keeps_its_own_files, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let picture = a_picture(ImageFormat::Png, 3, 2);
    let form = |county: &'static str| [("slag", "bild"), ("lan", county), ("alt", "En röd yta")];
    for county in ["orebro", ""] {
        assert_eq!(portal.upload(&eva, &form(county), "bild.png", &picture).await.status, 403, "{county}");
    }
    assert_eq!(portal.upload(&eva, &form("finns-inte"), "bild.png", &picture).await.status, 404);
    assert_eq!(portal.upload("", &form("skane"), "bild.png", &picture).await.status, 401);
    let rut = portal.sign_in(Role::Reviewer, None).await;
    for county in ["orebro", "", "skane"] {
        assert_eq!(portal.upload(&rut, &form(county), "bild.png", &picture).await.status, 303, "{county}");
    }
    // The same file once more, under another name.
    let same = portal.upload(&eva, &form("skane"), "annat-namn.png", &picture).await;
    assert_eq!(same.status, 409);
    assert!(same.text().contains("Filen finns redan") && same.text().contains("/bild.png)"), "{}", same.text());
    let own = portal.get_as(&eva, "/redaktion/filer/").await;
    assert!(
        own.text().contains("1 fil<") && own.text().contains("Skåne län har använt 1 kB av 500 MB"),
        "{}",
        own.text()
    );
    let all = portal.get_as(&eva, "/redaktion/filer/?lan=").await;
    assert!(all.text().contains("3 filer") && all.text().matches("Ta bort filen").count() == 1, "{}", all.text());

    let pieces = multipart(&PICTURE, "bild.png", &picture);
    let mut foreign = upload_request(&eva, pieces);
    foreign.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    assert_eq!(portal.send(foreign).await.status, 403, "no file is taken from another site's form");
});

/// Documents of the same size, each another.
fn documents(count: u8) -> Vec<Vec<u8>> {
    (0..count).map(|n| [b"WEBVTT\n\n".as_slice(), &vec![b'a' + n; 992]].concat()).collect()
}

on_both!(of_many_uploads_at_once_only_those_are_kept_that_there_is_room_for, async |on| {
    let portal = TestPortal::keeping(on, &[], 5_500).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let files = documents(16);
    let answers = join_all(files.iter().map(|bytes| portal.upload(&eva, &DOCUMENT, "film.vtt", bytes))).await;
    let kept = answers.iter().filter(|answer| answer.status == 303).count();
    assert_eq!(kept, 5, "five files of 1000 bytes in 5500");
    for refused in answers.iter().filter(|answer| answer.status != 303) {
        assert!(refused.status == 422 && refused.text().contains("det finns 1 kB kvar"), "{}", refused.text());
    }
    assert_eq!(count(&portal, "SELECT CAST(sum(size) AS BIGINT) FROM media").await, 5_000);
    assert_eq!(count(&portal, "SELECT used FROM media_usage WHERE owner = 'skane'").await, 5_000);
    // Another county has room of its own.
    let ola = portal.sign_in(Role::Editor, Some("orebro")).await;
    let form = [("slag", "dokument"), ("lan", "orebro"), ("tillganglig", "ja")];
    assert_eq!(portal.upload(&ola, &form, "film.vtt", &files[0]).await.status, 303);
});

// The negative control: those who first look whether there is room and then take it all find it free.
on_both!(looking_before_taking_would_keep_more_than_there_is_room_for, async |on| {
    let portal = TestPortal::keeping(on, &[], 5_500).await;
    let db = &portal.portal.db;
    on!(db, pool => sqlx::query("INSERT INTO media_usage (owner, used) VALUES ('skane', 5000)").execute(pool).await.map(drop)).unwrap();
    let looked = Barrier::new(4);
    let take = async || {
        let used = count(&portal, "SELECT used FROM media_usage WHERE owner = 'skane'").await;
        looked.wait().await;
        if used + 500 <= 5_500 {
            on!(db, pool => sqlx::query("UPDATE media_usage SET used = used + 500 WHERE owner = 'skane'").execute(pool).await.map(drop)).unwrap();
        }
    };
    tokio::join!(take(), take(), take(), take());
    assert!(count(&portal, "SELECT used FROM media_usage WHERE owner = 'skane'").await > 5_500);
});

on_both!(of_the_same_file_sent_many_times_at_once_one_is_kept, async |on| {
    let portal = a_portal(on).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let answers = join_all((0..8).map(|_| portal.upload(&eva, &DOCUMENT, "rad.pdf", PDF))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 303).count(), 1);
    assert_eq!(answers.iter().filter(|answer| answer.status == 409).count(), 7);
    let size = i64::try_from(PDF.len()).unwrap();
    assert_eq!(count(&portal, "SELECT used FROM media_usage WHERE owner = 'skane'").await, size);
});

#[tokio::test(flavor = "multi_thread")]
async fn only_the_form_for_files_takes_more_than_a_text() {
    let portal = a_portal(On::Sqlite).await;
    let eva = portal.sign_in(Role::Editor, Some("skane")).await;
    let long = format!("q={}", "a".repeat(3_000_000));
    for path in ["/redaktion/filer/", "/redaktion/sidor/ny/", "/redaktion/filer/x/text"] {
        assert_eq!(portal.submit(&eva, path, &long).await.status, 413, "{path}");
    }
    let mut request = form_request(&eva, "/redaktion/sidor/ny/", "");
    request.headers_mut().insert("content-type", "multipart/form-data; boundary=----frid".parse().unwrap());
    assert_eq!(portal.send(request).await.status, 415);
    let mut request = upload_request(&eva, b"x".to_vec());
    request.headers_mut().insert("content-type", "multipart/form-data".parse().unwrap());
    assert_eq!(portal.send(request).await.status, 400, "without a boundary nothing can be read");
}
