//! Secrets that open something: 256 bits, given out once, kept only as hashes.

use crate::clock;
use sha2::{Digest, Sha256};

/// A new token, as 64 hexadecimal digits.
pub fn new() -> String {
    format!("{}{}", clock::new_id(), clock::new_id())
}

/// What the database knows a token by: SHA-256, in hexadecimal digits. Of 256 random bits nothing slower is needed.
pub fn hash(token: &str) -> String {
    Sha256::digest(token).iter().map(|byte| format!("{byte:02x}")).collect()
}
