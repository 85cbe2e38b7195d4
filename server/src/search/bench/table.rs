//! The figures as people read them.

use super::contender::{ENOUGH, Figures, ROUNDS, TIMED, Times};
use super::corpus::Corpus;
use std::time::Duration;

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Every figure of every contender, a column each.
pub fn rows(corpus: &Corpus, results: &[Figures]) -> String {
    let raw = corpus.text_bytes();
    let mut text = format!(
        "{} documents, {:.1} MB of text, {} queries\n\n",
        corpus.documents.len(),
        raw as f64 / 1e6,
        corpus.questions.len()
    );
    let mut row = |what: &str, cell: &dyn Fn(&Figures) -> String| {
        let cells: String = results.iter().map(|figures| format!("{:>18}", cell(figures))).collect();
        text.push_str(&format!("{what:<34}{cells}\n"));
    };
    let times = |times: Times| format!("{:.2} / {:.2}", milliseconds(times.p50), milliseconds(times.p99));
    row("", &|one| one.built.name.split(" (").next().unwrap_or_default().to_owned());
    row("MRR@10", &|one| format!("{:.3}", one.marks.mrr));
    row("recall@1", &|one| format!("{:.3}", one.marks.first));
    row("recall@10", &|one| format!("{:.3}", one.marks.among_ten));
    row("index time, s", &|one| format!("{:.1}", one.built.time.as_secs_f64()));
    row("index size, MB", &|one| format!("{:.1}", one.built.bytes as f64 / 1e6));
    row("index size, × text", &|one| format!("{:.2}", one.built.bytes as f64 / raw.max(1) as f64));
    row("query, ms p50 / p99", &|one| times(one.answers));
    row("query + 10 snippets, ms p50 / p99", &|one| times(one.snippets));
    row("suggestions, ms p50 / p99", &|one| times(one.suggestions));
    for (what, of) in [
        ("one slip", (|one| one.slips) as fn(&Figures) -> super::contender::Changed),
        ("without å ä ö", |one| one.without_dots),
    ] {
        let questions = results.first().map_or(0, |one| of(one).questions);
        row(&format!("{what} ({questions}): MRR@10 clean"), &|one| format!("{:.3}", of(one).clean.mrr));
        row(&format!("{what}: MRR@10"), &|one| format!("{:.3}", of(one).changed.mrr));
        row(&format!("{what}: kept, %"), &|one| format!("{:.1}", of(one).kept() * 100.0));
    }
    text.push('\n');
    for one in results.iter().filter(|one| one.built.name.contains('(')) {
        text.push_str(&format!("{}: the best of the ways tried.\n", one.built.name));
    }
    text.push_str(&format!(
        "Recall is the share of queries with a right document among the first one or ten. Sizes without the text itself.\n\
         Times of one caller, over at most {TIMED} queries: of each the median of {ROUNDS} rounds, or of fewer where a\n\
         round ends after {} s. Suggestions for every beginning of three letters or more of the queries' words.\n\
         Slips are one letter changed, dropped or swapped in one word of five letters or more.\n",
        ENOUGH.as_secs()
    ));
    text
}

/// The bars that were set for 100,000 passages, and what was reached.
pub fn bars(corpus: &Corpus, results: &[Figures]) -> String {
    let Some((frid, peers)) = results.split_first() else { return String::new() };
    let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { f64::INFINITY };
    let mut text = String::from("Bars for 100,000 passages\n");
    let mut bar = |what: &str, reached: f64, least: Option<f64>, most: Option<f64>| {
        let held = least.is_none_or(|least| reached >= least) && most.is_none_or(|most| reached <= most);
        let limit = least.map(|least| format!("≥ {least}")).or(most.map(|most| format!("≤ {most}")));
        let limit = limit.unwrap_or_default();
        text.push_str(&format!("{} {what:<44}{reached:>9.3}   {limit}\n", if held { "held  " } else { "MISSED" }));
    };
    bar("query p50, ms", milliseconds(frid.answers.p50), None, Some(2.5));
    bar("query p99, ms", milliseconds(frid.answers.p99), None, Some(8.0));
    if let Some(postgres) = peers.iter().find(|one| one.built.name.starts_with("PostgreSQL")) {
        let times = share(frid.answers.p50.as_secs_f64(), postgres.answers.p50.as_secs_f64());
        bar("query p50, × PostgreSQL's", times, None, Some(0.4));
    }
    let best = peers.iter().map(|one| one.marks.mrr).fold(0.0, f64::max);
    bar("MRR@10, × the best other's", share(frid.marks.mrr, best), Some(1.1), None);
    bar("MRR@10 kept with one slip", frid.slips.kept(), Some(0.95), None);
    bar("MRR@10 kept without å ä ö", frid.without_dots.kept(), Some(0.97), None);
    bar("suggestions p99, ms", milliseconds(frid.suggestions.p99), None, Some(1.5));
    bar("index size, × text", share(frid.built.bytes as f64, corpus.text_bytes() as f64), None, Some(1.6));
    text
}
