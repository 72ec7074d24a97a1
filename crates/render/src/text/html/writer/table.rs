//! Tables.

use std::fmt::Write as _;

use sitegen_parser::Alignment;

use super::Writer;

impl Writer<'_> {
    pub(super) fn table(&mut self, alignments: &[Alignment]) {
        self.alignments = alignments.to_vec();
        self.html().push_str("<div class=\"table\" role=\"group\" aria-label=\"Table\" tabindex=\"0\">");
        self.tag("table", "");
        self.html().push('\n');
    }

    pub(super) fn table_head(&mut self) {
        self.column = 0;
        self.in_head = true;
        self.html().push_str("<thead>\n<tr>");
    }

    pub(super) fn table_cell(&mut self) {
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        self.column += 1;
        let tag = if self.in_head { "th scope=\"col\"" } else { "td" };
        let _ = write!(self.html(), "<{tag}{class}>");
    }

    pub(super) fn end_table_cell(&mut self) {
        let tag = if self.in_head { "</th>" } else { "</td>" };
        self.html().push_str(tag);
    }
}
