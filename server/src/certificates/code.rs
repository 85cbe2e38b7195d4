//! How codes are made: those of certificates, and those that courses are found again by.

use crate::clock;
use app::certificates::code::Code;

/// Fifty-five random bits: nobody meets another's by chance, and of a million codes a guess hits one in 36 billion.
pub fn new() -> Code {
    loop {
        let random = u64::from_str_radix(&clock::new_id()[..16], 16).unwrap_or_default();
        if let Some(code) = Code::of(random) {
            return code;
        }
    }
}
