//! The code of a certificate: eleven random signs and one that tells when another was mistyped. Pure.
//!
//! Signs are Crockford's base 32 (https://www.crockford.com/base32.html), in which no two look alike. His check sign is the
//! number modulo 37, for which he needs five signs more than there are; codes that would need one of those are not given
//! out. Since 37 is a prime larger than 32, one wrong sign and two that have changed places are always noticed.

use std::fmt;

const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHECK: u64 = 37;
/// Random signs, of five bits each.
const RANDOM: usize = 11;

/// As stored: twelve signs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(String);

impl Code {
    /// From 55 random bits; those above are left out. Nothing for some: then other bits are needed.
    pub fn of(random: u64) -> Option<Self> {
        let number = random & ((1 << (5 * RANDOM)) - 1);
        let check = usize::try_from(number % CHECK).ok()?;
        let check = SIGNS.get(check)?;
        let sign = |place: usize| SIGNS[(number >> (5 * place)) as usize & 31];
        let signs = (0..RANDOM).rev().map(sign).chain([*check]);
        Some(Self(signs.map(char::from).collect()))
    }

    /// As somebody types it: in small letters, with hyphens or spaces, with O for 0 and I or L for 1.
    pub fn parse(typed: &str) -> Option<Self> {
        let plain = typed.chars().filter(|sign| !matches!(sign, '-' | '–') && !sign.is_whitespace());
        let values: Option<Vec<u64>> = plain.take(RANDOM + 2).map(value).collect();
        let values = values.filter(|values| values.len() == RANDOM + 1)?;
        let (random, check) = values.split_at(RANDOM);
        let number = random.iter().fold(0, |number, value| number << 5 | value);
        Self::of(number).filter(|_| number % CHECK == check[0])
    }

    /// As stored, and in addresses.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// "K7QM-2F4X-9AB3", as it is printed and read out.
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", &self.0[..4], &self.0[4..8], &self.0[8..])
    }
}

fn value(sign: char) -> Option<u64> {
    let sign = match sign.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        sign => sign,
    };
    SIGNS.iter().position(|known| char::from(*known) == sign).and_then(|at| u64::try_from(at).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = Code::of(37 * 1_000_003).unwrap();
        assert_eq!(code.as_str().len(), 12);
        let printed = code.to_string();
        let slipped = printed.replace('0', "o").replace('1', "l");
        for typed in [printed.to_lowercase(), printed.replace('-', " "), slipped, format!(" {} ", code.as_str())] {
            assert_eq!(Code::parse(&typed).as_ref(), Some(&code), "{typed}");
        }
        for none in ["", "K7QM", "K7QM-2F4X-9AB3-0", "U7QM-2F4X-9AB3", "../../etc", "åäö"] {
            assert_eq!(Code::parse(none), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn one_wrong_sign_or_two_that_changed_places_are_noticed(random: u64, at in 0..12_usize, other in 0..32_usize) {
            let Some(code) = Code::of(random) else { return Ok(()) };
            prop_assert_eq!(Code::parse(&code.to_string()), Some(code.clone()));
            let mut wrong = code.as_str().as_bytes().to_vec();
            wrong[at] = SIGNS[other];
            let mut swapped = code.as_str().as_bytes().to_vec();
            swapped.swap(at.min(9), at.min(9) + 1);
            for slip in [wrong, swapped] {
                let slip = String::from_utf8(slip).unwrap();
                prop_assert!(slip == code.as_str() || Code::parse(&slip).is_none(), "{slip} for {code}");
            }
        }
    }
}
