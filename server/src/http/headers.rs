//! Headers of every answer, errors and files included.

use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue, InvalidHeaderValue};

/// No page may load, embed or send anything that is not ours.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
     connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A page with an island must also be allowed to compile its WebAssembly.
const CSP_ISLANDS: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
     font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

macro_rules! nothing_but {
    ($camera:literal) => {
        concat!(
            "accelerometer=(), ",
            $camera,
            ", display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), \
             usb=(), interest-cohort=(), browsing-topics=()"
        )
    };
}

const NO_DEVICES: &str = nothing_but!("camera=()");
const CAMERA: &str = nothing_but!("camera=(self)");

const ALWAYS: [(HeaderName, &str); 8] = [
    (header::CONTENT_SECURITY_POLICY, CSP),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // The next site never learns where somebody came from; our own forms still carry an Origin.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), NO_DEVICES),
    (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains"),
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// Adds what is missing; a header that the answer already has is kept.
pub fn secure(headers: &mut HeaderMap) {
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}

/// The policy for a page that holds an island.
pub fn allow_islands(headers: &mut HeaderMap) {
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP_ISLANDS));
}

/// The policy for the one page that reads codes with the camera.
pub fn allow_camera(headers: &mut HeaderMap) {
    headers.insert(HeaderName::from_static("permissions-policy"), HeaderValue::from_static(CAMERA));
}

/// The policy for a page with forms that lead to other sites by way of ours: browsers hold redirects against it too.
pub fn allow_forms_to(headers: &mut HeaderMap, origins: &[String]) -> Result<(), InvalidHeaderValue> {
    let policy = CSP.replace("form-action 'self'", &format!("form-action 'self' {}", origins.join(" ")));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_str(&policy)?);
    Ok(())
}
