//! The citation reader over fixtures written by people who did not see it.

use server::citations::{Reader, without_code};
use server::law::shipped_lexicon;

/// id, source, text, page date, page instrument, expected targets in reading order.
const FIXTURES: [(&str, &str); 3] = [
    ("cases.tsv", include_str!("citations/cases.tsv")),
    ("more.tsv", include_str!("citations/more.tsv")),
    // Faults that a reviewer found in statutes nobody had looked at.
    ("review.tsv", include_str!("citations/review.tsv")),
];

#[test]
fn no_reference_of_the_fixtures_is_wrong_and_at_most_two_are_missed() {
    let lexicon = shipped_lexicon();
    for (name, table) in FIXTURES {
        let (mut wrong, mut missed, mut read) = (Vec::new(), Vec::new(), 0);
        for line in table.lines().skip(1) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [id, _, text, day, own, expected] = columns[..] else { panic!("{name}: {line}") };
            let text = text.replace("{NBSP}", "\u{a0}").replace("\\n", "\n");
            let own = Some(own).filter(|own| !own.is_empty());
            let found = Reader::new(&lexicon, day.parse().unwrap(), own).read(&without_code(&text));
            let found: Vec<&str> = found.citations.iter().map(|citation| citation.target.as_str()).collect();
            let expected: Vec<&str> =
                if expected.starts_with('(') { Vec::new() } else { expected.split(" | ").collect() };
            wrong.extend(
                found.iter().filter(|target| !expected.contains(target)).map(|target| format!("{id} {target}")),
            );
            missed.extend(
                expected.iter().filter(|target| !found.contains(target)).map(|target| format!("{id} {target}")),
            );
            read += 1;
        }
        assert_eq!(wrong, [""; 0], "{name}: links that point wrong");
        assert!(missed.len() <= 2, "{name}: {missed:?}");
        assert!(read >= 20, "{name}");
    }
}

#[test]
fn what_is_doubtful_is_told() {
    let lexicon = shipped_lexicon();
    for (text, own) in
        [("Se 3 § för mer information", None), ("23 § okändalagen", Some("sosfs/2014:4")), ("5 kap. 11 § sol", None)]
    {
        let found = Reader::new(&lexicon, "2026-01-01".parse().unwrap(), own).read(text);
        assert_eq!((found.citations.len(), found.doubts.len()), (0, 1), "{text}");
    }
}
