//! What stands under the search field while one types: which text is asked about, which answers still count,
//! which suggestion the arrow keys stand on. The island shows it.

/// Fewer letters may become anything.
const FEWEST_LETTERS: usize = 2;

/// The list under the field, and the one question that is under way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggestions {
    typed: String,
    /// At most one question is under way; what is typed meanwhile is asked when its answer has come.
    asked: Option<String>,
    offers: Vec<String>,
    /// The one the arrow keys stand on; none while they stand in the field.
    active: Option<usize>,
    wanted: bool,
    said: String,
}

impl Suggestions {
    /// New text in the field, or a wish to see the list: what to ask about now, if anything.
    pub fn typed(&mut self, text: &str) -> Option<String> {
        self.typed = text.trim().to_owned();
        self.active = None;
        self.wanted = self.typed.chars().count() >= FEWEST_LETTERS;
        // On a slow link the last answer stands for a while: only what still fits is left of it.
        let typed = self.typed.to_lowercase();
        self.offers.retain(|offer| offer.to_lowercase().contains(&typed));
        if !self.wanted {
            self.close();
        }
        self.ask()
    }

    /// The answer has come, or nothing (an empty one): what to ask about next.
    pub fn answered(&mut self, offers: Vec<String>) -> Option<String> {
        let asked = self.asked.take();
        if asked.as_ref() != Some(&self.typed) {
            // Too late: the field says something else by now.
            return self.ask();
        }
        // Whoever has already gone down to a suggestion stays on it, if it is still there.
        let stood_on = self.chosen().map(str::to_owned);
        self.active = stood_on.and_then(|offer| offers.iter().position(|new| *new == offer));
        self.offers = offers;
        if self.wanted {
            self.said = match self.offers.len() {
                0 => "Inga förslag.".to_owned(),
                1 => "1 förslag. Gå till det med nedåtpil.".to_owned(),
                many => format!("{many} förslag. Gå till dem med nedåtpil."),
            };
        }
        None
    }

    fn ask(&mut self) -> Option<String> {
        if self.asked.is_some() || !self.wanted {
            return None;
        }
        self.asked = Some(self.typed.clone());
        self.asked.clone()
    }

    /// One step with an arrow key. After the last suggestion, and before the first, comes the field itself.
    pub fn step(&mut self, down: bool) {
        let last = self.offers.len().checked_sub(1);
        self.active = match (self.active, down) {
            (None, true) => last.map(|_| 0),
            (None, false) => last,
            (Some(at), true) => (Some(at) < last).then_some(at + 1),
            (Some(at), false) => at.checked_sub(1),
        };
    }

    /// Back in the field; the list stays.
    pub fn leave(&mut self) {
        self.active = None;
    }

    pub fn close(&mut self) {
        self.wanted = false;
        self.active = None;
        self.said.clear();
    }

    pub fn is_open(&self) -> bool {
        self.wanted && !self.offers.is_empty()
    }

    pub fn offers(&self) -> &[String] {
        &self.offers
    }

    pub fn active(&self) -> Option<usize> {
        self.active
    }

    /// What Enter takes, if the arrow keys stand on anything.
    pub fn chosen(&self) -> Option<&str> {
        self.active.and_then(|at| self.offers.get(at)).map(String::as_str)
    }

    /// For screen readers.
    pub fn said(&self) -> &str {
        &self.said
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn one_question_at_a_time_and_the_newest_text_next() {
        let mut list = Suggestions::default();
        assert_eq!(list.typed("o"), None);
        assert_eq!(list.typed("or").as_deref(), Some("or"));
        assert_eq!((list.typed("oro"), list.typed("oros")), (None, None));
        assert_eq!(list.answered(words(&["oro", "ord"])).as_deref(), Some("oros"), "the late answer is not shown");
        assert!(!list.is_open());
        assert_eq!(list.answered(words(&["orosanmälan"])), None);
        assert!(list.is_open());
        assert_eq!(list.said(), "1 förslag. Gå till det med nedåtpil.");
    }

    #[test]
    fn while_a_newer_answer_is_awaited_only_what_still_fits_is_shown() {
        let mut list = Suggestions::default();
        list.typed("or");
        list.answered(words(&["Orosanmälan", "ord"]));
        list.typed("oros");
        assert_eq!(list.offers(), ["Orosanmälan"]);
        list.typed("orosx");
        assert!(!list.is_open());
    }

    #[test]
    fn a_closed_list_stays_closed_until_something_is_typed() {
        let mut list = Suggestions::default();
        list.typed("or");
        list.typed("oro");
        list.close();
        assert_eq!(list.answered(words(&["ord"])), None, "nobody waits for more");
        list.typed("oron");
        list.close();
        list.answered(words(&["oron"]));
        assert!(!list.is_open() && list.said().is_empty());
        list.typed("oron");
        assert!(list.is_open(), "asked for again, the list is there at once");
    }

    #[test]
    fn an_answer_takes_nobody_off_the_suggestion_they_went_to() {
        let mut list = Suggestions::default();
        list.typed("or");
        list.answered(words(&["oro", "ord"]));
        list.close();
        // Opened again by an arrow key, the list asks again; the arrow keys do not wait for the answer.
        for (answer, stands_on) in
            [(["oro", "ord"], Some("oro")), (["orm", "oro"], Some("oro")), (["orm", "ord"], None)]
        {
            list.typed("or");
            list.answered(words(&["oro", "ord"]));
            list.typed("or");
            list.step(true);
            list.answered(words(&answer));
            assert_eq!(list.chosen(), stands_on, "{answer:?}");
        }
    }

    #[test]
    fn a_question_that_failed_leaves_no_suggestions() {
        let mut list = Suggestions::default();
        list.typed("or");
        list.typed("oro");
        assert_eq!(list.answered(Vec::new()).as_deref(), Some("oro"));
        list.answered(Vec::new());
        assert!(!list.is_open());
        assert_eq!(list.said(), "Inga förslag.");
    }

    #[test]
    fn arrows_go_round_by_way_of_the_field() {
        let mut list = Suggestions::default();
        list.step(true);
        assert_eq!(list.active(), None, "nothing to stand on");
        list.typed("or");
        list.answered(words(&["oro", "ord"]));
        let mut walked = |down: bool| {
            list.step(down);
            list.chosen().map(str::to_owned)
        };
        let all = [true, true, true, true, false, false, false].map(&mut walked);
        let all: Vec<&str> = all.iter().map(|one| one.as_deref().unwrap_or("the field")).collect();
        assert_eq!(all, ["oro", "ord", "the field", "oro", "the field", "ord", "oro"]);
    }
}
