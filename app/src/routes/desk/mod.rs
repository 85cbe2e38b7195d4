//! Addresses of what `crate::desk` answers: all behind the sign-in, and every form, each file for one feature. What
//! stands in braces is filled in.

/// Functions that fill an address in: each argument is called what stands in braces there.
macro_rules! filled {
    ($($(#[$doc:meta])* $name:ident($($brace:ident),+) = $path:ident;)+) => {$(
        $(#[$doc])*
        pub fn $name($($brace: &str),+) -> String {
            $path$(.replace(concat!("{", stringify!($brace), "}"), $brace))+
        }
    )+};
}

mod accounts;
mod courses;
mod editor;
mod events;
mod organising;

pub use accounts::*;
pub use courses::*;
pub use editor::*;
pub use events::*;
pub use organising::*;

/// One of the addresses that a key opens.
pub fn opened(path: &str, token: &str) -> String {
    path.replace("{nyckel}", token)
}
