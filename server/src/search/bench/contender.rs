//! The one examination that every engine sits.

use super::corpus::Corpus;
use super::measure::{DEPTH, Marks, percentile, place};
use super::slips::{Dice, with_slip, without_dots};
use anyhow::Result;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// How many suggestions are asked for.
pub const SUGGESTIONS: usize = 8;

/// An engine with its index.
pub trait Contender {
    fn built(&self) -> Built;
    /// The places of the ten best documents, best first.
    async fn answer(&mut self, typed: &str) -> Result<Vec<usize>>;
    /// The same, and what to show of each.
    async fn answer_with_snippets(&mut self, typed: &str) -> Result<Vec<String>>;
    /// The commonest words that begin so.
    async fn suggest(&mut self, start: &str) -> Result<Vec<String>>;
}

/// What the index cost. The text itself is not counted.
#[derive(Debug, Clone)]
pub struct Built {
    pub name: String,
    pub time: Duration,
    pub bytes: u64,
}

/// Half of the times are no longer than the first, 99 of 100 no longer than the second.
#[derive(Debug, Clone, Copy, Default)]
pub struct Times {
    pub p50: Duration,
    pub p99: Duration,
}

/// How questions that were changed did, beside the same questions as they were.
#[derive(Debug, Clone, Copy, Default)]
pub struct Changed {
    pub questions: usize,
    pub clean: Marks,
    pub changed: Marks,
}

impl Changed {
    /// The share of the clean MRR that is kept.
    pub fn kept(&self) -> f64 {
        if self.clean.mrr > 0.0 { self.changed.mrr / self.clean.mrr } else { 1.0 }
    }
}

#[derive(Debug, Clone)]
pub struct Figures {
    pub built: Built,
    pub marks: Marks,
    pub slips: Changed,
    pub without_dots: Changed,
    pub answers: Times,
    pub snippets: Times,
    pub suggestions: Times,
}

/// Questions that are timed: more make the slower engines wait for nothing.
pub const TIMED: usize = 500;
/// Each is timed so often, and the median counts: other work on the machine is not ours.
pub const ROUNDS: usize = 3;
/// No further round begins after this.
pub const ENOUGH: Duration = Duration::from_secs(20);

pub async fn examine(contender: &mut impl Contender, corpus: &Corpus) -> Result<Figures> {
    // The first time each question is asked also warms the caches.
    let mut clean = Vec::with_capacity(corpus.questions.len());
    for question in &corpus.questions {
        clean.push(place(&contender.answer(&question.typed).await?, &question.right));
    }
    let mut dice = Dice::new();
    let slips = changed(contender, corpus, &clean, |typed| with_slip(typed, &mut dice)).await?;
    let without_dots = changed(contender, corpus, &clean, without_dots).await?;

    let spread = corpus.questions.len().div_ceil(TIMED).max(1);
    let timed: Vec<&str> = corpus.questions.iter().step_by(spread).map(|question| question.typed.as_str()).collect();
    let starts = starts(corpus.questions.iter().map(|question| question.typed.as_str()));
    Ok(Figures {
        built: contender.built(),
        marks: Marks::of(&clean),
        slips,
        without_dots,
        answers: times(&timed, contender, async |one, typed| one.answer(typed).await.map(drop)).await?,
        snippets: times(&timed, contender, async |one, typed| one.answer_with_snippets(typed).await.map(drop)).await?,
        suggestions: times(&starts, contender, async |one, start| one.suggest(start).await.map(drop)).await?,
    })
}

/// Asks each question that `change` changes, and compares with the places that it had as it was.
async fn changed(
    contender: &mut impl Contender,
    corpus: &Corpus,
    clean: &[Option<usize>],
    mut change: impl FnMut(&str) -> Option<String>,
) -> Result<Changed> {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for (question, clean) in corpus.questions.iter().zip(clean) {
        if let Some(typed) = change(&question.typed) {
            before.push(*clean);
            after.push(place(&contender.answer(&typed).await?, &question.right));
        }
    }
    Ok(Changed { questions: after.len(), clean: Marks::of(&before), changed: Marks::of(&after) })
}

/// All beginnings, of three letters and more, of the words of the questions: what a visitor has typed at each moment.
fn starts<'a>(questions: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut starts = BTreeSet::new();
    for typed in questions {
        let typed = typed.to_lowercase();
        for word in typed.split(|letter: char| !letter.is_alphanumeric()) {
            let ends = word.char_indices().map(|(at, letter)| at + letter.len_utf8()).skip(2);
            starts.extend(ends.map(|end| word[..end].to_owned()));
        }
    }
    starts.into_iter().collect()
}

async fn times<One: Contender, Text: AsRef<str>>(
    texts: &[Text],
    contender: &mut One,
    ask: impl AsyncFn(&mut One, &str) -> Result<()>,
) -> Result<Times> {
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); texts.len()];
    let began = Instant::now();
    for _ in 0..ROUNDS {
        for (text, times) in texts.iter().zip(&mut times) {
            let began = Instant::now();
            ask(contender, text.as_ref()).await?;
            times.push(began.elapsed());
        }
        if began.elapsed() > ENOUGH {
            break;
        }
    }
    let medians: Vec<Duration> = times.iter().map(|times| percentile(times, 0.5)).collect();
    Ok(Times { p50: percentile(&medians, 0.5), p99: percentile(&medians, 0.99) })
}

/// The words of a question, for engines that are asked in a language of their own.
pub fn words(typed: &str) -> impl Iterator<Item = &str> {
    typed.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

pub const LIMIT: i64 = DEPTH as i64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_beginning_of_three_letters_is_suggested_for_once() {
        let beginnings = ["sko", "skol", "skola", "vål", "våld", "vålde", "våldet"];
        assert_eq!(starts(["Våld i skola", "våldet"].into_iter()), beginnings);
    }

    #[test]
    fn a_share_of_nothing_is_all() {
        assert_eq!(Changed::default().kept(), 1.0);
        let marks = |mrr| Marks { mrr, ..Marks::default() };
        assert_eq!(Changed { questions: 1, clean: marks(0.8), changed: marks(0.4) }.kept(), 0.5);
    }
}
