//! Tables of people with nobody in them who could be told from the others: small numbers are hidden, and so many others
//! that no hidden one can be reckoned from the totals. Pure.
//!
//! Rows and columns whose total is small are put together first, so that each total may be shown. Then each small number
//! is hidden together with three others at the corners of a rectangle. Moving people around such a rectangle changes no
//! total and no number that is shown, so that whoever reads the table cannot tell which of the two tables it is; and the
//! corners are chosen so that the small number might as well be [`LEAST`].

/// The least number of people that is shown.
pub const LEAST: u32 = 3;

/// How many, by row and column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub rows: Vec<String>,
    pub columns: Vec<String>,
    /// By row, then by column.
    pub counts: Vec<Vec<u32>>,
}

/// A table that may be shown. Nothing stands for a number that is hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked {
    pub rows: Vec<String>,
    pub columns: Vec<String>,
    pub counts: Vec<Vec<Option<u32>>>,
    pub row_totals: Vec<u32>,
    pub column_totals: Vec<u32>,
    pub total: u32,
}

/// Nothing if so few have come that not even their number may be shown. `others` is what is put together is called.
pub fn mask(table: Table, others: &str) -> Option<Masked> {
    let table = put_together(turned(put_together(turned(table), others)), others);
    let total: u32 = table.counts.iter().flatten().sum();
    if total < LEAST {
        return None;
    }
    let hidden = hidden(&table.counts);
    let row_totals = table.counts.iter().map(|row| row.iter().sum()).collect();
    let column_totals = (0..table.columns.len()).map(|at| table.counts.iter().map(|row| row[at]).sum()).collect();
    let shown = |(at, row): (usize, &Vec<u32>)| {
        row.iter().enumerate().map(|(column, count)| (!hidden[at][column]).then_some(*count)).collect()
    };
    let counts = table.counts.iter().enumerate().map(shown).collect();
    Some(Masked { rows: table.rows, columns: table.columns, counts, row_totals, column_totals, total })
}

/// Rows with a small total become one, and take the smallest others along until the whole is large enough. Empty rows go.
fn put_together(table: Table, others: &str) -> Table {
    let Table { rows, columns, counts } = table;
    let mut kept: Vec<(String, Vec<u32>)> =
        rows.into_iter().zip(counts).filter(|(_, row)| row.iter().any(|count| *count > 0)).collect();
    let sum = |row: &[u32]| row.iter().sum::<u32>();
    let mut small: Vec<Vec<u32>> = Vec::new();
    kept.retain(|(_, row)| {
        let is_small = sum(row) < LEAST;
        if is_small {
            small.push(row.clone());
        }
        !is_small
    });
    if !small.is_empty() {
        // One alone would be told by what it is called, or by subtraction.
        while (small.len() < 2 || small.iter().map(|row| sum(row)).sum::<u32>() < LEAST) && !kept.is_empty() {
            let next = (0..kept.len()).min_by_key(|at| sum(&kept[*at].1)).unwrap_or(0);
            small.push(kept.remove(next).1);
        }
        let together = (0..columns.len()).map(|at| small.iter().map(|row| row[at]).sum()).collect();
        kept.push((others.to_owned(), together));
    }
    let (rows, counts) = kept.into_iter().unzip();
    Table { rows, columns, counts }
}

fn turned(table: Table) -> Table {
    let Table { rows, columns, counts } = table;
    let counts = (0..columns.len()).map(|at| counts.iter().map(|row| row[at]).collect()).collect();
    Table { rows: columns, columns: rows, counts }
}

fn is_small(count: u32) -> bool {
    (1..LEAST).contains(&count)
}

/// Which counts are hidden. Where no rectangle is to be found, all are.
fn hidden(counts: &[Vec<u32>]) -> Vec<Vec<bool>> {
    let (height, width) = (counts.len(), counts.first().map_or(0, Vec::len));
    let mut hidden = vec![vec![false; width]; height];
    // A single row or column is its own totals, none of which is small by now.
    if height < 2 || width < 2 {
        return hidden;
    }
    for row in 0..height {
        for column in (0..width).filter(|column| is_small(counts[row][*column])) {
            // From these two, people may have moved to make the small number larger.
            let room = |other_row: usize, other_column: usize| {
                counts[row][other_column].min(counts[other_row][column]) >= LEAST - counts[row][column]
            };
            let rectangles = (0..height).filter(|other| *other != row).flat_map(|other_row| {
                (0..width).filter(|other| *other != column).map(move |other_column| (other_row, other_column))
            });
            // The one that hides least that would be shown otherwise.
            let cost = |(other_row, other_column): &(usize, usize)| {
                let corners = [(row, *other_column), (*other_row, column), (*other_row, *other_column)];
                let shown = corners.iter().filter(|(row, column)| !hidden[*row][*column]);
                (shown.clone().count(), shown.map(|(row, column)| counts[*row][*column]).sum::<u32>())
            };
            let Some((other_row, other_column)) =
                rectangles.filter(|(other_row, other_column)| room(*other_row, *other_column)).min_by_key(cost)
            else {
                return vec![vec![true; width]; height];
            };
            for (row, column) in [(row, column), (row, other_column), (other_row, column), (other_row, other_column)] {
                hidden[row][column] = true;
            }
        }
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(counts: &[&[u32]]) -> Table {
        let named = |letter: char, many: usize| (0..many).map(|at| format!("{letter}{at}")).collect();
        Table {
            rows: named('r', counts.len()),
            columns: named('k', counts[0].len()),
            counts: counts.iter().map(|row| row.to_vec()).collect(),
        }
    }

    #[test]
    fn nobody_is_counted_alone() {
        assert_eq!(mask(table(&[&[1, 1]]), "Övriga"), None);
        let masked = mask(table(&[&[1, 8, 9], &[7, 6, 5], &[9, 9, 9]]), "Övriga").unwrap();
        assert_eq!(masked.counts[0][0], None);
        assert_eq!(masked.counts.iter().flatten().filter(|count| count.is_none()).count(), 4);
        assert_eq!((masked.total, masked.row_totals[0]), (63, 18));
        let sound = table(&[&[3, 4], &[0, 5]]);
        assert_eq!(mask(sound, "Övriga").unwrap().counts, [[Some(3), Some(4)], [Some(0), Some(5)]]);
    }

    /// A table of one column, as its rows and their totals.
    fn mask_list(counts: Vec<(String, u32)>, others: &str) -> Option<Vec<(String, u32)>> {
        let (rows, counts) = counts.into_iter().map(|(name, count)| (name, vec![count])).unzip();
        let masked = mask(Table { rows, columns: vec![String::new()], counts }, others)?;
        Some(masked.rows.into_iter().zip(masked.row_totals).collect())
    }

    #[test]
    fn rows_with_few_people_are_put_together_with_another() {
        let counts = |list: &[(&str, u32)]| list.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
        let masked = mask_list(counts(&[("Skåne", 12), ("Gotland", 1), ("Blekinge", 4), ("Dalarna", 0)]), "Övriga");
        assert_eq!(masked, Some(counts(&[("Skåne", 12), ("Övriga", 5)])));
        assert_eq!(mask_list(counts(&[("Skåne", 1), ("Gotland", 1)]), "Övriga"), None);
        assert_eq!(mask_list(counts(&[("Skåne", 5)]), "Övriga"), Some(counts(&[("Skåne", 5)])));
    }

    /// Every table with the same totals and the same shown numbers, in which the hidden ones are anything.
    fn all_that_it_might_be(masked: &Masked) -> Vec<Vec<Vec<u32>>> {
        let places: Vec<(usize, usize)> = (0..masked.rows.len())
            .flat_map(|row| (0..masked.columns.len()).map(move |column| (row, column)))
            .filter(|(row, column)| masked.counts[*row][*column].is_none())
            .collect();
        let mut found = Vec::new();
        let mut guess: Vec<Vec<u32>> =
            masked.counts.iter().map(|row| row.iter().map(|count| count.unwrap_or(0)).collect()).collect();
        fill(masked, &places, &mut guess, &mut found);
        found
    }

    fn fill(masked: &Masked, places: &[(usize, usize)], guess: &mut Vec<Vec<u32>>, found: &mut Vec<Vec<Vec<u32>>>) {
        let Some(((row, column), rest)) = places.split_first() else {
            let rows = (0..guess.len()).all(|row| guess[row].iter().sum::<u32>() == masked.row_totals[row]);
            let columns = (0..masked.columns.len())
                .all(|at| guess.iter().map(|row| row[at]).sum::<u32>() == masked.column_totals[at]);
            if rows && columns {
                found.push(guess.clone());
            }
            return;
        };
        let most = masked.row_totals[*row].min(masked.column_totals[*column]);
        for count in 0..=most {
            guess[*row][*column] = count;
            if guess[*row].iter().sum::<u32>() <= masked.row_totals[*row] {
                fill(masked, rest, guess, found);
            }
        }
        guess[*row][*column] = 0;
    }

    #[test]
    fn no_small_number_can_be_reckoned_from_what_is_shown() {
        // Every table of two rows and three columns with 0 to 4 in each.
        for number in 0..5_u32.pow(6) {
            let digit = |at: u32| number / 5_u32.pow(at) % 5;
            let counts = [[digit(0), digit(1), digit(2)], [digit(3), digit(4), digit(5)]];
            let Some(masked) = mask(table(&[&counts[0], &counts[1]]), "Övriga") else { continue };
            let totals = masked.row_totals.iter().chain(&masked.column_totals);
            assert!(totals.clone().all(|total| *total >= LEAST), "{counts:?}: {masked:?}");
            let shown = masked.counts.iter().flatten().flatten();
            assert!(shown.clone().all(|count| !is_small(*count)), "{counts:?}: {masked:?}");
            if masked.counts.iter().flatten().all(Option::is_some) {
                continue;
            }
            let all = all_that_it_might_be(&masked);
            for row in 0..masked.rows.len() {
                for column in 0..masked.columns.len() {
                    if masked.counts[row][column].is_none() {
                        let could_be = |large: bool| all.iter().any(|one| (one[row][column] >= LEAST) == large);
                        assert!(could_be(true), "{counts:?}: {masked:?}: {row} {column} must be small");
                    }
                }
            }
        }
    }
}
