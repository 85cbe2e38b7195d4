//! A form that brings a file (`multipart/form-data`, RFC 7578), read whole but never more of it than may be kept.

use app::desk::{Fields, Sent, SentFile};
use app::media::LARGEST_FILE;
use app::routes;
use axum::body::Body;
use axum::http::Method;
use axum::http::header::{self, HeaderMap};
use axum::http::request::Parts;
use bytes::{Bytes, BytesMut};
use futures::stream;
use http_body_util::BodyExt;
use multer::Multipart;
use std::convert::Infallible;
use std::sync::Arc;

/// The file, and the form around it.
const KEPT: usize = LARGEST_FILE + 64 * 1024;
/// What is larger than may be kept is read to its end all the same, into nothing: a browser that is cut off while it
/// sends shows an error of its own instead of our answer.
pub const LARGEST_UPLOAD: usize = 10 * LARGEST_FILE;
/// More than any form of ours has.
const MOST_FIELDS: usize = 32;
const LONGEST_FIELD: usize = 16 * 1024;

/// Is it a form with a file, sent to an address that takes one?
pub fn brings_file(request: &Parts) -> bool {
    request.method == Method::POST
        && routes::takes_a_file(request.uri.path())
        && is_sent_as(&request.headers, "multipart/form-data")
}

pub fn is_sent_as(headers: &HeaderMap, kind: &str) -> bool {
    let sent = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    sent.split(';').next().is_some_and(|sent| sent.trim().eq_ignore_ascii_case(kind))
}

/// The form's fields as far as they arrived, and its file.
pub async fn read(body: Body, content_type: &str) -> (Fields, Sent) {
    let (kept, how) = collected(body).await;
    let Ok(boundary) = multer::parse_boundary(content_type) else { return (Fields::default(), Sent::CutOff) };
    let mut form = Multipart::new(stream::once(async { Ok::<_, Infallible>(kept) }), boundary);
    let (mut fields, mut file) = (Vec::new(), Sent::Nothing);
    while fields.len() < MOST_FIELDS {
        let part = match form.next_field().await {
            Ok(Some(part)) => part,
            Ok(None) => return (Fields::new(fields), file),
            Err(_) => break,
        };
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let Ok(bytes) = part.bytes().await else { break };
        match file_name {
            // A browser sends the field of a file that nobody chose, without a name.
            Some(file_name) if !(file_name.is_empty() && bytes.is_empty()) => {
                file = Sent::File(SentFile { name: file_name, bytes: Arc::new(bytes.to_vec()) });
            }
            Some(_) => {}
            None if bytes.len() <= LONGEST_FIELD => fields.push((name, String::from_utf8_lossy(&bytes).into_owned())),
            None => {}
        }
    }
    (Fields::new(fields), how)
}

/// What arrived, as far as it may be kept; and, should it not be a whole form, why.
async fn collected(mut body: Body) -> (Bytes, Sent) {
    let mut kept = BytesMut::new();
    let mut how = Sent::CutOff;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else { break };
        let Ok(data) = frame.into_data() else { continue };
        if matches!(how, Sent::TooLarge) {
            continue;
        }
        let room = KEPT - kept.len();
        kept.extend_from_slice(&data[..data.len().min(room)]);
        if data.len() > room {
            how = Sent::TooLarge;
        }
    }
    (kept.freeze(), how)
}
