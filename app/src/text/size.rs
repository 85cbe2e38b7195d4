//! Sizes of files, as people in Sweden write them.

/// 240 kB, 1,2 MB, 3 GB: in thousands, one decimal below ten. A file is never less than 1 kB.
pub fn swedish(bytes: i64) -> String {
    const UNITS: [(i64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    let (unit, name) = UNITS.into_iter().find(|(unit, _)| bytes >= *unit).unwrap_or((1_000, "kB"));
    if unit == 1_000 {
        return format!("{} kB", (bytes.max(1) + unit - 1) / unit);
    }
    // Rounded up: a file may be said to be larger than it is, never smaller.
    let tenths = (bytes * 10 + unit - 1) / unit;
    match (tenths / 10, tenths % 10) {
        (whole, part) if whole < 10 && part > 0 => format!("{whole},{part} {name}"),
        (whole, part) => format!("{} {name}", whole + i64::from(part > 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::swedish;

    #[test]
    fn a_size_is_told_in_the_unit_that_people_use() {
        let told = [0, 1, 1_000, 240_100, 999_999, 1_000_000, 1_200_000, 12_300_000, 500_000_000, 2_500_000_000];
        assert_eq!(
            told.map(swedish),
            ["1 kB", "1 kB", "1 kB", "241 kB", "1000 kB", "1 MB", "1,2 MB", "13 MB", "500 MB", "2,5 GB"]
        );
    }
}
