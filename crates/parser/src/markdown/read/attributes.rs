//! Finds lists of attributes in the text, and the elements that they belong to.

use pulldown_cmark::{Event as Step, Tag as Element, TagEnd};

use super::EventConverter;
use crate::markdown::attributes::{self, AttributeList};
use crate::markdown::{Attributes, Block, Event, Tag};
use crate::{Span, errors};

impl EventConverter<'_> {
    /// Takes the list of attributes at the end of the gathered text, if the next step shows which element the
    /// list belongs to. Returns true if the step needs no further handling.
    pub(super) fn list_before(&mut self, step: &Step<'_>, range: &Span) -> bool {
        if !self.text.trim_end().ends_with('}') || !self.writer.has_room() || self.writer.is_in_code() {
            return false;
        }
        match step {
            Step::End(TagEnd::Heading(_)) => {
                self.list_of_heading();
                false
            }
            Step::End(TagEnd::Paragraph) if self.is_first_of(|tag| *tag == Tag::Paragraph) => {
                self.list_alone(range)
            }
            Step::SoftBreak if self.is_first_of(|tag| matches!(tag, Tag::Paragraph | Tag::Item)) => {
                self.list_on_first_line()
            }
            Step::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::DefinitionListDefinition)
            | Step::Start(
                Element::List(_) | Element::BlockQuote(_) | Element::CodeBlock(_) | Element::Paragraph,
            ) => {
                self.list_on_last_line();
                false
            }
            _ => false,
        }
    }

    /// Gives a table the list in its last row, which is then no row.
    pub(super) fn list_in_row(&mut self, range: &Span) -> bool {
        let row = self.excerpt.text[range.clone()].trim_end();
        let Some(list) = attributes::read(row).filter(|list| list.is_meant() && list.length == row.len())
        else {
            return false;
        };
        let Some(table) = self.writer.innermost() else { return false };
        self.give(table, &list, range.start);
        true
    }

    /// Gives the element just before the gathered text the list at the text's beginning.
    pub(super) fn list_behind(&mut self) {
        let Some((end, element)) = self.behind.take().filter(|(end, _)| *end == self.text_range.start) else {
            return;
        };
        let text = std::mem::take(&mut self.text);
        let list = attributes::read(&text).filter(|list| self.is_literal(&text[..list.length], end));
        let is_target = matches!(
            self.writer.events.get(element).map(|event| &event.value),
            Some(Event::Start(Tag::Image { .. } | Tag::Link { .. }))
        );
        let mut length = 0;
        if let Some(list) = list.filter(|list| is_target || list.is_meant()) {
            self.give(element, &list, end);
            length = list.length;
            self.text_range.start += length;
        }
        text[length..].clone_into(&mut self.text);
        self.pieces.retain(|(at, _)| *at >= length);
        self.pieces.iter_mut().for_each(|(at, _)| *at -= length);
        self.typed.shift(length);
        if length > 0 && self.pieces.first().is_none_or(|(at, _)| *at > 0) {
            self.pieces.insert(0, (0, end + length));
        }
    }

    /// Reports the lists in a text that belong to no element.
    pub(super) fn stray_lists(&mut self, text: &str) {
        let mut end = 0;
        for (at, _) in text.match_indices('{') {
            let is_other = text[..at].ends_with(['$', '#', '%', '@', '{']) || at < end;
            if is_other {
                continue;
            }
            let Some(list) = attributes::read(&text[at..]) else { continue };
            let is_meant = list.has_name() || list.is_meant() && text[..at].ends_with([')', ']']);
            if let Some(start) = self.source_of(&text[at..at + list.length], at)
                && is_meant
            {
                end = at + list.length;
                let place = self.excerpt.place(&(start..start + list.length));
                self.writer.diagnostics.push(errors::misplaced_attributes(place));
            }
        }
    }

    fn list_of_heading(&mut self) {
        let text = self.text.trim_end().to_owned();
        let Some((at, list, start)) = self.list_at_end(&text) else { return };
        if self.behind.is_some_and(|(end, _)| end == start) {
            return;
        }
        if let Some(heading) = self.headings.last().map(|heading| heading.event) {
            self.give(heading, &list, start);
            let before = text[..at].trim_end();
            let open = before.trim_end_matches('#');
            let is_closed = open.is_empty() || open.ends_with(' ');
            let heading = if is_closed { open.trim_end() } else { before };
            heading.clone_into(&mut self.text);
            self.text_range.end = start;
        }
    }

    /// Takes a list between blank lines for the element before it, and a list directly above a block for that
    /// block.
    fn list_alone(&mut self, range: &Span) -> bool {
        let text = self.text.trim().to_owned();
        let Some((0, list, start)) = self.list_at_end(&text) else { return false };
        let before = self.previous_line(start);
        let is_over = self.excerpt.text[range.clone()].ends_with('\n');
        let after = self.excerpt.text[range.end..].trim_start_matches('\r');
        let after = if is_over { after } else { after.strip_prefix('\n').unwrap_or(after) };
        let next = after.lines().next().unwrap_or_default().trim_matches(['>', ' ', '\t', '\r']);
        let has_none = ["```", "~~~", "<", "{%", "{{"].iter().any(|mark| next.starts_with(mark));
        let is_followed = !next.is_empty() && !has_none;
        let previous = self.writer.closed_before_innermost();
        let target = match previous {
            Some(previous) if !before || !is_followed => Some(previous),
            _ if is_followed => None,
            _ => return false,
        };
        self.writer.retract();
        self.text.clear();
        let next = self.writer.events.len();
        self.give(target.unwrap_or(next), &list, start);
        true
    }

    fn list_on_first_line(&mut self) -> bool {
        let text = self.text.trim().to_owned();
        let Some((0, list, start)) = self.list_at_end(&text) else { return false };
        let before = self.previous_line(start);
        let target = match self.writer.closed_before_innermost() {
            Some(previous) if !before => Some(previous),
            _ => self.writer.innermost(),
        };
        if let Some(target) = target {
            self.give(target, &list, start);
            self.text.clear();
        }
        target.is_some()
    }

    fn list_on_last_line(&mut self) {
        let is_break = matches!(
            self.writer.events.last().map(|event| &event.value),
            Some(Event::SoftBreak | Event::HardBreak)
        );
        let text = self.text.trim().to_owned();
        let Some((0, list, start)) = self.list_at_end(&text).filter(|_| is_break) else { return };
        let line = self.excerpt.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let Some(target) = self.owner(&self.excerpt.text[line..start]) else { return };
        self.writer.take_back();
        self.text.clear();
        self.give(target, &list, start);
    }

    /// Finds the outermost open element whose marks are missing on a line, or else the innermost element.
    fn owner(&self, marks: &str) -> Option<usize> {
        let mut rest = marks;
        for (event, block) in self.writer.open_elements() {
            match block {
                Block::BlockQuote => match rest.trim_start().strip_prefix('>') {
                    Some(inner) => rest = inner.strip_prefix(' ').unwrap_or(inner),
                    None => return Some(event),
                },
                Block::OrderedList | Block::BulletList if !rest.starts_with("  ") => return Some(event),
                Block::Item => rest = rest.trim_start(),
                _ => {}
            }
        }
        self.writer.innermost()
    }

    /// Returns true if the line above an offset is blank.
    fn previous_line(&self, offset: usize) -> bool {
        let lines = self.excerpt.text[..offset].rsplit('\n').nth(1).unwrap_or_default();
        lines.trim_matches(['>', ' ', '\t', '\r']).is_empty()
    }

    /// Finds the list at the end of a text, after a space or as all of it. Returns its offset, the list, and
    /// its place in the file.
    fn list_at_end<'t>(&self, text: &'t str) -> Option<(usize, AttributeList<'t>, usize)> {
        let shift = self.text.len() - self.text.trim_start().len();
        let shift = if text.len() == self.text.trim().len() { shift } else { 0 };
        text.match_indices('{').find_map(|(at, _)| {
            let list = attributes::read(&text[at..]).filter(|list| at + list.length == text.len())?;
            let is_apart = at == 0 || text[..at].ends_with([' ', '\t']);
            let start = self.source_of(&text[at..], at + shift)?;
            (is_apart && list.is_meant()).then_some((at, list, start))
        })
    }

    /// Finds a part of the gathered text in the file, if it stands there letter by letter.
    pub(super) fn source_of(&self, part: &str, at: usize) -> Option<usize> {
        let behind = self.pieces.partition_point(|(offset, _)| *offset <= at);
        let (offset, source) = self.pieces[..behind].last()?;
        let start = source + (at - offset);
        self.is_literal(part, start).then_some(start)
    }

    fn is_literal(&self, part: &str, start: usize) -> bool {
        let written = self.excerpt.text.get(start..start + part.len());
        written == Some(part) && !self.excerpt.is_escaped(start)
    }

    fn is_first_of(&self, is_block: impl Fn(&Tag) -> bool) -> bool {
        matches!(self.writer.events.last().map(|event| &event.value), Some(Event::Start(tag)) if is_block(tag))
    }

    /// Gives an element, which an event begins, the attributes of a list, which begins at `start`.
    fn give(&mut self, event: usize, list: &AttributeList<'_>, start: usize) {
        let block = match self.writer.events.get(event).map(|event| &event.value) {
            Some(Event::Start(tag)) => Some(tag.block()),
            _ => None,
        };
        let given = list.give(block);
        let place = |span: &Span| self.excerpt.place(&(start + span.start..start + span.end));
        for (name, span) in &given.refused {
            self.writer.diagnostics.push(errors::ignored_attribute(place(span), name));
        }
        for (name, span) in &given.repeated {
            self.writer.diagnostics.push(errors::repeated_attribute(place(span), name));
        }
        let heading = self.headings.last_mut().filter(|heading| heading.event == event);
        let mut attributes = given.attributes;
        let known = self.attributes.get(&event);
        let has_id = heading.as_ref().is_some_and(|heading| heading.id.is_some())
            || known.is_some_and(|known| known.id.is_some());
        let mut repeated = Vec::new();
        if let Some((id, span)) = given.id {
            let span = start + span.start..start + span.end;
            match heading {
                _ if has_id => repeated.push(("id".to_owned(), span)),
                Some(heading) => heading.id = Some((id, span)),
                None => {
                    attributes.id = Some(id.clone());
                    self.ids.push((id, span));
                }
            }
        }
        attributes.others.retain(|(name, _)| {
            let is_new = known.is_none_or(|known| known.others.iter().all(|(other, _)| other != name));
            if !is_new {
                repeated.push((name.clone(), start..start + list.length));
            }
            is_new
        });
        for (name, span) in repeated {
            let place = self.excerpt.place(&span);
            self.writer.diagnostics.push(errors::repeated_attribute(place, &name));
        }
        if attributes == Attributes::default() {
            return;
        }
        let known = self.attributes.entry(event).or_default();
        known.id = attributes.id.or(known.id.take());
        known.classes.extend(attributes.classes);
        known.others.extend(attributes.others);
    }

    /// Returns true if a step begins a table row that is a list of attributes.
    pub(super) fn is_list_row(&mut self, step: &Step<'_>, range: &Span) -> bool {
        matches!(step, Step::Start(Element::TableRow)) && self.writer.has_room() && self.list_in_row(range)
    }
}
