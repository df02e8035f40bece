//! Tables for reading: columns as wide as their longest cell, numbers aligned at the right.

use anstyle::Style;

use super::words::wrapped;

/// A table to be filled row by row.
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Row>,
}

struct Column {
    head: String,
    at_right: bool,
    /// The higher, the sooner it is left out where the line is too short; 0 stays.
    spare: u8,
}

enum Row {
    Cells(Vec<Cell>),
    /// A line across all columns, indented by so many characters.
    Across(usize, String),
}

/// A cell: its text and how it is shown.
#[derive(Default)]
pub struct Cell {
    text: String,
    style: Style,
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { text, style: Style::new() }
    }
}

impl Cell {
    /// A cell with a style.
    pub const fn styled(text: String, style: Style) -> Self {
        Self { text, style }
    }
}

impl Table {
    /// A table without columns.
    pub const fn new() -> Self {
        Self { columns: Vec::new(), rows: Vec::new() }
    }

    /// Adds a column of text; with a `spare` above 0 it can be left out, the highest first.
    #[must_use]
    pub fn left(mut self, head: impl Into<String>, spare: u8) -> Self {
        self.columns.push(Column { head: head.into(), at_right: false, spare });
        self
    }

    /// Adds a column of numbers.
    #[must_use]
    pub fn right(mut self, head: impl Into<String>, spare: u8) -> Self {
        self.columns.push(Column { head: head.into(), at_right: true, spare });
        self
    }

    /// Adds a row with a cell for each column.
    pub fn row(&mut self, cells: Vec<Cell>) {
        debug_assert_eq!(cells.len(), self.columns.len());
        self.rows.push(Row::Cells(cells));
    }

    /// Adds a line across all columns.
    pub fn across(&mut self, text: String) {
        self.below(2, text);
    }

    /// Adds a line about the row before it, indented by so many characters.
    pub fn below(&mut self, indent: usize, text: String) {
        self.rows.push(Row::Across(indent, text));
    }

    /// The table with its head as lines of at most `width` characters, as far as the columns that stay allow.
    ///
    /// Columns without any text are left out.
    pub fn text(&self, width: usize) -> String {
        let widths = self.widths();
        let mut shown: Vec<usize> = (0..self.columns.len()).filter(|&i| self.has_text(i)).collect();
        let total = |shown: &[usize]| shown.iter().map(|&i| widths[i] + 2).sum::<usize>();
        while total(&shown) > width {
            let Some(at) = (0..shown.len()).max_by_key(|&at| self.columns[shown[at]].spare) else { break };
            if self.columns[shown[at]].spare == 0 {
                break;
            }
            shown.remove(at);
        }
        let heads: Vec<Cell> = self.columns.iter().map(|column| Cell::from(column.head.clone())).collect();
        let mut text = if shown.is_empty() { String::new() } else { self.line(&heads, &shown, &widths) };
        for row in &self.rows {
            match row {
                Row::Cells(cells) => text += &self.line(cells, &shown, &widths),
                Row::Across(indent, line) => text += &wrapped(&" ".repeat(*indent), line, width),
            }
        }
        text
    }

    fn line(&self, cells: &[Cell], shown: &[usize], widths: &[usize]) -> String {
        let mut line = String::new();
        for &i in shown {
            let Cell { text, style } = &cells[i];
            let blanks = " ".repeat(widths[i] - text.chars().count());
            let (before, after) = if self.columns[i].at_right { (blanks.as_str(), "") } else { ("", blanks.as_str()) };
            line += &format!("  {before}{style}{text}{style:#}{after}");
        }
        line.truncate(line.trim_end().len());
        line + "\n"
    }

    fn widths(&self) -> Vec<usize> {
        let mut widths: Vec<usize> = self.columns.iter().map(|column| column.head.chars().count()).collect();
        for cells in self.cells() {
            for (width, cell) in widths.iter_mut().zip(cells) {
                *width = cell.text.chars().count().max(*width);
            }
        }
        widths
    }

    fn has_text(&self, column: usize) -> bool {
        self.cells().any(|cells| !cells[column].text.is_empty())
    }

    fn cells(&self) -> impl Iterator<Item = &Vec<Cell>> {
        self.rows.iter().filter_map(|row| match row {
            Row::Cells(cells) => Some(cells),
            Row::Across(..) => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn columns_give_way_to_the_width() {
        let mut table = Table::new().right("#", 0).left("gait", 0).right("steps", 2).right("heart", 1).left("never", 0);
        for (number, gait, steps, heart) in [("1", "walk", "112", "98"), ("12", "run", "168", "146")] {
            table.row([number, gait, steps, heart, ""].into_iter().map(|text| Cell::from(text.to_owned())).collect());
        }
        table.across("… and 3 more".to_owned());
        let text = [30, 22, 16, 5].map(|width| format!("{width}\n{}", table.text(width))).concat();
        expect![[r#"
            30
               #  gait  steps  heart
               1  walk    112     98
              12  run     168    146
              … and 3 more
            22
               #  gait  heart
               1  walk     98
              12  run     146
              … and 3 more
            16
               #  gait
               1  walk
              12  run
              … and 3 more
            5
               #  gait
               1  walk
              12  run
              …
              and
              3
              more
        "#]]
        .assert_eq(&text);
    }
}
