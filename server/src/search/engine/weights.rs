//! Every number that decides the order of answers, with its reason. Measured on Swedish authority text and on the
//! portal's own exam (`content/sokprov.toml`); the surface is flat, so none of them is fine-tuned.

/// Fields of a section. The body's stem is the measure of the others.
pub const STEM: f32 = 1.0;
/// The word as typed: separates what stemming joins. Adds little, costs little.
pub const EXACT: f32 = 0.6;
/// In-word pieces: compounds, inflections and misspellings that no rule joins.
pub const PIECES: f32 = 0.2;
/// A page's title says best what it is about; yet a hundred passages may share one, and then the text must decide.
pub const TITLE: f32 = 1.8;
/// The heading of the section.
pub const HEADING: f32 = 1.3;
/// Keywords, synonyms and inflected forms: what the author knows that people call it.
pub const KEYWORDS: f32 = 1.6;

/// Small words choose few candidates, for most stand in more sections than [`COMMON`]; where they are rare they tell
/// what other words do.
pub const STOP_WORD: f32 = 1.0;

/// Words shorter than this have no pieces of their own worth asking for.
pub const SHORTEST_FOR_PIECES: usize = 6;

/// How many candidates the cheap first stage hands to the second.
pub const CANDIDATES: usize = 300;
/// And how many more of those that hold every word of the question: the library's BM25 makes so little of a word in a
/// long text that a page which answers all of it stands behind 400 short passages about half of it. On 962 questions
/// about authorities' pages, among 105,613 passages of statutes, MRR@10 rose from .804 to .810; 100 fewer candidates
/// pay for it.
pub const CANDIDATES_WITH_EVERY_WORD: usize = 50;

/// Stop words, pieces and forms as typed that stand in more sections than this choose no candidates; they count in the
/// second stage all the same. On 97,793 passages of statutes that took a question from 3.1 to 1.7 ms (the slowest of a
/// hundred: 9.6 to 4.2) and left MRR@10 as it was (.758); at 2,000 it lost .0014 for another 0.3 ms.
pub const COMMON: u64 = 8000;

/// Neighbouring words of the question that stand together in the text, and with one word between.
pub const PAIR: f32 = 0.8;
pub const PAIR_APART: f32 = 0.4;
/// A small word beside what it belongs to ("i kraft", "barn till"): together they tell what neither tells alone.
pub const PAIR_WITH_SMALL: f32 = 0.8;
pub const SLOP: u32 = 3;
/// Three words of the question, small ones among them, that stand so in running text: how a question is put, or a
/// sentence of law that somebody pastes. Among 100,747 passages MRR@10 of pasted runs of 4 to 8 words rose from .78 to
/// .83, of 962 questions to authorities from .799 to .808.
pub const THREE_IN_A_ROW: f32 = 0.8;

/// What a word in running text is worth, as BM25 counts it: how soon more of it adds no more (k1), and how much a long
/// text loses (b). The library's 1.2 and 0.75 hide pages among passages; they choose the candidates all the same.
pub const SATURATION: f32 = 0.6;
pub const LENGTH: f32 = 0.3;

/// A text that holds all of the question beats one that repeats a rare part of it: score × (1 + C·share²). More finds
/// passages a little better and whole pages worse: with the cube and 8 the exam fell from .966 to .953.
pub const COVERAGE: f32 = 5.0;
/// The word in another form than was typed holds this much of it. Lower is better for words taken from the text (.7), and
/// worse for questions, whose writers choose other forms.
pub const OTHER_FORM: f32 = 0.85;
/// A word of which this share of pieces is present counts with that share.
pub const PART_OF_A_WORD: f32 = 0.4;

/// A word that stands nowhere, nor anything for it, is rarer than all others; yet it says nothing of where to look.
pub const UNKNOWN: f32 = 0.4;

/// A corrected word counts less than a typed one.
pub const CORRECTED: f32 = 0.8;
/// A synonym counts less than the word itself.
pub const SYNONYM: f32 = 0.7;
/// Of the ways of saying one word the best counts, and this share of each other.
pub const FURTHER_WAYS: f32 = 0.1;

/// What has been repealed or archived stands below what applies.
pub const REPEALED: f32 = 0.35;
/// Kinds of pages, where the words decide nothing: guidance tells what to do, law what binds, a glossary what a word means.
pub const GUIDANCE: f32 = 1.3;
pub const OTHER: f32 = 1.0;
/// A law page answers those who cite it, and those are pinned; a glossary entry those who ask what a word means.
pub const REGULATION: f32 = 0.75;
pub const TERM: f32 = 0.8;
pub const HANDBOOK: f32 = 0.8;
/// Who does not ask for a conference wants to know what to do, not where to hear of it.
pub const EVENT: f32 = 0.6;
/// One that has been held, or is cancelled, stands below those to come.
pub const PAST: f32 = 0.5;
/// The kind of page that the question asks for: a meaning, a law, the handbook, help for oneself.
pub const WISHED: f32 = 1.5;
/// What no longer applies, asked for as such ("gamla lagen").
pub const REPEALED_BUT_WISHED: f32 = 0.8;
/// The page that is called just what was asked for.
pub const NAMED: f32 = 2.0;
/// A section of law that holds this share of what the page's beginning holds of the question is where the reader lands.
pub const WORTH_LANDING: f32 = 0.5;
/// Each further section of a page that answers adds this share of its score, the second best the most.
pub const FURTHER: [f32; 3] = [0.25, 0.12, 0.06];
/// A page that others cite: up to this much more, for ten citations and above.
pub const CITED: f32 = 0.1;
/// A page that was changed today: this much more, falling to nothing over the days below. Guidance is to be gone through
/// every other year.
pub const FRESH: f32 = 0.05;
pub const STALE_AFTER: f32 = 730.0;
