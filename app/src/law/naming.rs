//! What an instrument is called where others name it. Pure.

/// "socialtjänstlagen (2001:453)"; the number comes first where the name goes on: "lagen (1988:688) om kontaktförbud".
/// The number tells the older act from the newer, so "den äldre" is left out.
pub fn with_number(name: &str, number: &str) -> String {
    let name = name.strip_prefix("den äldre ").unwrap_or(name);
    match name.strip_prefix("lagen ") {
        Some(rest) => format!("lagen ({number}) {rest}"),
        None => format!("{name} ({number})"),
    }
}

/// "SFS 2010:1622", "prop. 2006/07:38": what an instrument without a name is called, from its id (`sfs/2010:1622`).
pub fn by_number(id: &str) -> String {
    let (series, number) = id.split_once('/').unwrap_or((id, ""));
    match series {
        "prop" | "bet" | "rskr" | "dir" | "skr" => format!("{series}. {number}"),
        "ds" => format!("Ds {number}"),
        other => format!("{} {number}", other.to_uppercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_follows_the_noun() {
        assert_eq!(with_number("socialtjänstlagen", "2001:453"), "socialtjänstlagen (2001:453)");
        assert_eq!(with_number("lagen om kontaktförbud", "1988:688"), "lagen (1988:688) om kontaktförbud");
        assert_eq!(with_number("lagenheten", "1:1"), "lagenheten (1:1)");
    }

    #[test]
    fn what_has_no_name_is_called_by_its_series() {
        assert_eq!(by_number("hslf-fs/2022:39"), "HSLF-FS 2022:39");
        assert_eq!(by_number("prop/2006/07:38"), "prop. 2006/07:38");
        assert_eq!(by_number("ds/2020:1"), "Ds 2020:1");
    }

    #[test]
    fn an_older_act_is_known_by_its_number() {
        assert_eq!(with_number("den äldre socialtjänstlagen", "1980:620"), "socialtjänstlagen (1980:620)");
        assert_eq!(with_number("den äldre lagen om vård", "1980:1"), "lagen (1980:1) om vård");
    }
}
