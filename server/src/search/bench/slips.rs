//! Questions as they are typed in haste, or on a keyboard without å, ä and ö.

/// Dice that always fall the same way (SplitMix64, Steele, Lea and Flood 2014): two runs ask the same questions.
pub struct Dice(u64);

impl Dice {
    pub fn new() -> Self {
        Self(4)
    }

    /// Less than `sides`, and 0 if there are none.
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % sides.max(1) as u64) as usize
    }
}

/// Words shorter than this are left as they are.
const SHORTEST: usize = 5;

/// The question with one letter changed, dropped or swapped with the next, in one word of five letters or more.
/// Nothing if it has no such word.
pub fn with_slip(typed: &str, dice: &mut Dice) -> Option<String> {
    let mut letters: Vec<char> = typed.chars().collect();
    // Each word as its first letter and the place after its last.
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    while from < letters.len() {
        let length = letters[from..].iter().take_while(|letter| letter.is_alphabetic()).count();
        if length >= SHORTEST {
            words.push((from, from + length));
        }
        from += length.max(1);
    }
    let (from, to) = *words.get(dice.throw(words.len()))?;
    let at = from + dice.throw(to - from);
    match dice.throw(3) {
        0 => drop(letters.remove(at)),
        1 if at + 1 < to && letters[at] != letters[at + 1] => letters.swap(at, at + 1),
        _ => {
            const ALPHABET: [char; 29] = [
                'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't',
                'u', 'v', 'w', 'x', 'y', 'z', 'å', 'ä', 'ö',
            ];
            let other = dice.throw(ALPHABET.len());
            letters[at] =
                if ALPHABET[other] == letters[at] { ALPHABET[(other + 1) % ALPHABET.len()] } else { ALPHABET[other] };
        }
    }
    Some(letters.into_iter().collect())
}

/// The question with a for å and ä, and o for ö. Nothing if it has none of them.
pub fn without_dots(typed: &str) -> Option<String> {
    let plain = |letter: char| match letter {
        'å' | 'ä' => 'a',
        'ö' => 'o',
        'Å' | 'Ä' => 'A',
        'Ö' => 'O',
        other => other,
    };
    let written: String = typed.chars().map(plain).collect();
    (written != typed).then_some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_changes_one_long_word_and_nothing_else() {
        let mut dice = Dice::new();
        for _ in 0..1000 {
            let slipped = with_slip("om skyddat §5 boende", &mut dice).unwrap();
            let words: Vec<&str> = slipped.split(' ').collect();
            assert_eq!((words[0], words[2]), ("om", "§5"), "{slipped}");
            assert_eq!(usize::from(words[1] != "skyddat") + usize::from(words[3] != "boende"), 1, "{slipped}");
            assert!([19, 20].contains(&slipped.chars().count()), "{slipped}");
        }
        assert_eq!(with_slip("om 2014:453 barn", &mut dice), None);
    }

    #[test]
    fn two_runs_slip_alike() {
        let slips = || {
            let mut dice = Dice::new();
            (0..20).map(|_| with_slip("skyddat boende", &mut dice)).collect::<Vec<_>>()
        };
        assert_eq!(slips(), slips());
    }

    #[test]
    fn letters_lose_their_dots() {
        assert_eq!(without_dots("Våld mot äldre, Öland").as_deref(), Some("Vald mot aldre, Oland"));
        assert_eq!(without_dots("barn"), None);
    }
}
