//! Advice on language, after klarspråk: long sentences, hard texts, words that age, links that say nothing.

use app::editor::check::Remark;

/// In words. The Language Council's handbook Myndigheternas skrivregler advises against sentences this long.
const LONG: usize = 32;
/// Above this a text is hard for many; C.-H. Björnsson, Läsbarhet (1968).
const HARD: u32 = 50;
/// Texts shorter than this have no measure.
const FEWEST_WORDS: usize = 60;

/// `markdown` is a whole text; lines count from 1.
pub fn advice(markdown: &str) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut in_code = false;
    for (index, line) in markdown.lines().enumerate() {
        in_code ^= line.trim_start().starts_with("```");
        if in_code || line.trim_start().starts_with(['#', '|', ':']) {
            continue;
        }
        let number = Some(index + 1);
        for sentence in sentences(line) {
            let words = words(sentence).count();
            if words > LONG {
                let begins: Vec<&str> = sentence.split_whitespace().take(4).collect();
                let told = format!("Meningen som börjar ”{} …” har {words} ord. Dela den.", begins.join(" "));
                remarks.push(Remark::advice(number, told));
            }
        }
        if let Some(word) = ageing(line) {
            let told = format!("”{word}” blir snart fel. Skriv dagen i stället, till exempel ”sedan den 1 juli 2025”.");
            remarks.push(Remark::advice(number, told));
        }
        if let Some(link) = silent_link(line) {
            let told = format!("Länken heter ”{link}”. Låt den säga vart den leder: många läser bara länkarna.");
            remarks.push(Remark::advice(number, told));
        }
    }
    if let Some(lix) = lix(markdown).filter(|lix| *lix > HARD) {
        let told =
            format!("Texten har läsbarhetsindex {lix}, vilket är svårt för många. Kortare ord och meningar hjälper.");
        remarks.push(Remark::advice(None, told));
    }
    remarks
}

/// Läsbarhetsindex: words to a sentence plus the share of words longer than six letters, in percent.
fn lix(markdown: &str) -> Option<u32> {
    let prose: Vec<&str> =
        markdown.lines().filter(|line| !line.trim_start().starts_with(['#', '|', ':', '`'])).collect();
    let all: Vec<&str> = prose.iter().flat_map(|line| words(line)).collect();
    if all.len() < FEWEST_WORDS {
        return None;
    }
    let sentences = prose.iter().map(|line| sentences(line).count()).sum::<usize>().max(1);
    let long = all.iter().filter(|word| word.chars().count() > 6).count();
    u32::try_from((all.len() + sentences / 2) / sentences + (100 * long + all.len() / 2) / all.len()).ok()
}

fn sentences(line: &str) -> impl Iterator<Item = &str> {
    line.split(". ").flat_map(|part| part.split(['?', '!'])).filter(|sentence| words(sentence).next().is_some())
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| word.chars().any(char::is_alphabetic))
}

fn ageing(line: &str) -> Option<&'static str> {
    const AGEING: [&str; 7] = ["idag", "i dag", "för närvarande", "numera", "nyligen", "just nu", "i år"];
    let spaced = format!(" {} ", words(line).collect::<Vec<_>>().join(" ").to_lowercase());
    AGEING.into_iter().find(|word| spaced.contains(&format!(" {word} ")))
}

fn silent_link(line: &str) -> Option<&str> {
    const SILENT: [&str; 8] =
        ["här", "läs mer", "klicka här", "länk", "läs mer här", "mer", "denna länk", "webbplatsen"];
    line.split('[').skip(1).find_map(|rest| {
        let text = rest.split("](").next().filter(|text| text.len() < rest.len())?;
        SILENT.contains(&text.trim().to_lowercase().as_str()).then_some(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(markdown: &str) -> Vec<(Option<usize>, String)> {
        advice(markdown).into_iter().map(|remark| (remark.line, remark.message)).collect()
    }

    #[test]
    fn a_plain_text_is_left_alone() {
        assert!(told("## Idag\n\nRing socialtjänsten. Berätta vad du har sett.\n\n[Så gör du en orosanmälan](/vagledning/a)\n").is_empty());
    }

    #[test]
    fn long_sentences_ageing_words_and_silent_links_are_named_with_their_line() {
        let long = format!("Text.\n\n{}.", ["ord"; 33].join(" "));
        assert!(matches!(told(&long).as_slice(), [(Some(3), told)] if told.contains("33 ord")));
        assert!(matches!(told("Det gäller i dag.").as_slice(), [(Some(1), told)] if told.contains("”i dag”")));
        assert!(matches!(told("Läs mer [här](/om/).").as_slice(), [(Some(1), told)] if told.contains("”här”")));
        assert!(told("```\nidag\n```").is_empty());
    }

    #[test]
    fn a_hard_text_is_told_its_figure() {
        let hard = "Myndighetsutövningen förutsätter omfattande handläggningsrutiner. ".repeat(20);
        assert!(told(&hard).iter().any(|(line, told)| line.is_none() && told.contains("läsbarhetsindex")));
    }
}
