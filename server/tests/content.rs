//! The shipped content, and faults that only show when all files are seen together.

use crate::portal::{a_subject, an_article};
use server::content::Problem;
use server::library::import::{File, read_folder, shipped};
use server::library::shelf::Shelf;

fn problems(files: &[File]) -> Vec<Problem> {
    let day = jiff::civil::date(2026, 11, 21);
    Shelf::build(files.iter().map(|(path, text)| (path.as_str(), text.as_str())), 0, day).1
}

#[test]
fn the_shipped_content_has_no_faults() {
    assert_eq!(problems(&shipped()), []);
}

#[test]
fn the_shipped_guidance_is_real() {
    let guidance: Vec<_> = shipped().into_iter().filter(|(path, _)| path.starts_with("vagledning/")).collect();
    assert!(guidance.len() >= 12, "{}", guidance.len());
    for (path, text) in guidance {
        let body = text.splitn(3, "+++").nth(2).unwrap();
        let words = body.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
        assert!((400..=1400).contains(&words), "{path}: {words} words");
        assert!(text.contains("[[kallor]]"), "{path} names its sources");
    }
}

#[test]
fn two_files_at_one_address_are_both_named() {
    let (_, text) = an_article("a", "A", "Text");
    let files = [a_subject(), ("vagledning/ett/a.md".into(), text.clone()), ("vagledning/tva/a.md".into(), text)];
    let problems = problems(&files);
    assert!(problems.len() == 1 && problems[0].path == "vagledning/tva/a.md", "{problems:?}");
    assert!(problems[0].message.contains("vagledning/ett/a.md"));
}

#[test]
fn a_page_at_a_subjects_address_is_a_fault() {
    let problems = problems(&[a_subject(), an_article("amne", "A", "Text")]);
    assert!(problems.iter().any(|problem| problem.message.contains("upptagen")), "{problems:?}");
}

#[test]
fn a_link_that_leads_nowhere_is_named_with_its_line() {
    let text =
        "\n## Rubrik\n\n[a](/vagledning/borta)\n[b](#rubrik)\n[c](#ingen)\n[d](/vagledning/a#rubrik)\n[e](/om/)\n";
    let found = problems(&[a_subject(), an_article("a", "A", text)]);
    let lines: Vec<(usize, bool)> = found.iter().map(|p| (p.line, p.message.contains("leder"))).collect();
    assert_eq!(lines, [(13, true), (15, true), (17, true)], "{found:?}");
}

#[test]
fn a_subject_or_a_page_that_does_not_exist_is_a_fault() {
    let (path, text) = an_article("a", "A", "Text");
    let text = text.replace("['amne']", "['annat']").replacen("+++\n", "+++\nrelaterat = ['borta']\n", 1);
    let found = problems(&[a_subject(), (path, text)]);
    assert!(found.iter().any(|p| p.line == 2 && p.message.contains("`borta`")), "{found:?}");
    assert!(found.iter().any(|p| p.line == 5 && p.message.contains("`annat`")), "{found:?}");
}

#[test]
fn a_file_that_is_no_text_is_named_and_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("vagledning")).unwrap();
    std::fs::write(folder.path().join("vagledning/a.md"), b"+++\n\xff\xfe").unwrap();
    std::fs::write(folder.path().join("vagledning/b.md"), b"+++\n\0").unwrap();
    std::fs::write(folder.path().join("amnen.toml"), a_subject().1).unwrap();
    let (files, problems) = read_folder(folder.path()).unwrap();
    assert_eq!(files.len(), 1);
    let mut named: Vec<_> = problems.iter().map(|p| (p.path.as_str(), p.line)).collect();
    named.sort_unstable();
    assert_eq!(named, [("vagledning/a.md", 2), ("vagledning/b.md", 1)]);
}

proptest::proptest! {
    #[test]
    fn no_file_whatever_makes_the_import_panic(path in "(vagledning|sidor)/[a-zå]{1,5}\\.md|amnen\\.toml|ordlista\\.toml|x", text in "\\PC{0,200}") {
        problems(&[(path.clone(), text.clone()), (path, format!("+++\n{text}\n+++\n{text}"))]);
    }
}
