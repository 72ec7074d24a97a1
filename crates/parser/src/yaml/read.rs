//! Converts the YAML library's events to our tables.

use std::borrow::Cow;
use std::collections::HashSet;

use granit_parser::{Event, Options, Parser, ScalarStyle, Span as Place, StrInput, Tag};

use super::alias::{AnchoredNodes, Node, UnresolvedAlias};
use super::{Stop, YamlRoot, scalar};
use crate::excerpt::Excerpt;
use crate::table::{MAX_DEPTH, Pair};
use crate::{Code, Diagnostics, Span, Spanned, Table, WrittenValue, composed, errors};

/// Reads the root, and returns it with the problems of single keys and the reason why reading ended early.
pub(super) fn read(
    excerpt: &Excerpt<'_>,
    options: Options,
    root: YamlRoot,
) -> (Table, Diagnostics, Option<Stop>) {
    let mut composer = Composer {
        excerpt,
        parser: Parser::new_from_str_with_options(excerpt.text, options),
        anchors: AnchoredNodes::default(),
        depth: 0,
        end: 0,
        diagnostics: Diagnostics::new(),
    };
    let mut pairs = Pairs::default();
    let stop = composer.document(&mut pairs, root).err();
    let table = composer.table(pairs);
    (table, composer.diagnostics, stop)
}

/// A reader of values. It can recurse, because the library bounds how deeply they nest.
struct Composer<'e> {
    excerpt: &'e Excerpt<'e>,
    parser: Parser<'e, StrInput<'e>>,
    anchors: AnchoredNodes,
    /// The number of tables and lists that are open.
    depth: usize,
    /// The end of the last scalar or bracket.
    end: usize,
    diagnostics: Diagnostics,
}

/// The keys and values of a mapping that is being read.
#[derive(Default)]
struct Pairs {
    given: Vec<Pair>,
    /// The values of `<<` keys, which are merged into the mapping.
    merged: Vec<Spanned<WrittenValue>>,
}

impl<'e> Composer<'e> {
    fn document(&mut self, pairs: &mut Pairs, root: YamlRoot) -> Result<(), Stop> {
        loop {
            let (event, place) = self.next()?;
            match event {
                Event::StreamStart | Event::DocumentStart(..) => {}
                Event::StreamEnd => return Ok(()),
                Event::MappingStart(_, _, tag) => {
                    self.refuse_tag(tag.as_deref(), &place)?;
                    self.pairs(pairs, &place)?;
                    break;
                }
                Event::Scalar(..) if is_absent(&event, &place) => break,
                Event::SequenceStart(..) if root == YamlRoot::Any => {
                    let list = self.node(event, &place)?.value;
                    let start = span(&place).start;
                    pairs.given.push((self.excerpt.spanned(String::new(), &(start..start)), list));
                    break;
                }
                _ => {
                    let line = super::place::line(self.excerpt.text, span(&place).start);
                    if root == YamlRoot::Any {
                        return Err(Stop::Said(errors::no_rows(self.excerpt.place(&line), &[])));
                    }
                    let written = &self.excerpt.text[line.clone()];
                    return Err(Stop::Said(errors::yaml_no_table(self.excerpt.place(&line), written)));
                }
            }
        }
        loop {
            match self.next()? {
                (Event::StreamEnd, _) => return Ok(()),
                (Event::DocumentStart(..), place) => {
                    return Err(Stop::Said(errors::yaml_documents(self.excerpt.place(&span(&place)))));
                }
                _ => {}
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'e>, Place), Stop> {
        let (event, place) = match self.parser.next_event() {
            Some(Ok(next)) => next,
            Some(Err(error)) => return Err(Stop::Scan(error)),
            None => return Ok((Event::StreamEnd, Place::default())),
        };
        if matches!(event, Event::Scalar(..) | Event::Alias(_)) || !span(&place).is_empty() {
            self.end = self.end.max(self.trimmed(&span(&place)).end);
        }
        Ok((event, place))
    }

    /// Reads the keys and values of a mapping that has begun.
    fn pairs(&mut self, pairs: &mut Pairs, start: &Place) -> Result<(), Stop> {
        self.enter(start)?;
        loop {
            let (event, place) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                break;
            }
            let merges = matches!(&event, Event::Scalar(text, ScalarStyle::Plain, ..) if text == "<<");
            let key = self.key(event, &place)?;
            let (event, place) = self.next()?;
            match self.node(event, &place)?.value {
                Some(value) if merges => pairs.merged.push(value),
                value => pairs.given.push((key, value)),
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn enter(&mut self, start: &Place) -> Result<(), Stop> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Stop::Said(errors::too_deep(self.excerpt.place(&span(start)), MAX_DEPTH)));
        }
        Ok(())
    }

    fn key(&mut self, event: Event<'e>, place: &Place) -> Result<Spanned<String>, Stop> {
        let span = span(place);
        let said = |problem| Err(Stop::Said(problem));
        match event {
            Event::Scalar(_, ScalarStyle::Plain, ..) if span.is_empty() => {
                // Nothing needs to follow a question mark at the end of a file of data.
                let rest = self.excerpt.text.get(span.start..).unwrap_or_default();
                let length = rest.chars().next().map_or(0, char::len_utf8);
                said(errors::yaml_no_key(self.excerpt.place(&(span.start..span.start + length))))
            }
            Event::Scalar(..) | Event::Alias(_) => match self.node(event, place)?.text {
                Some(text) => Ok(self.excerpt.spanned(composed(&text).into_owned(), &span)),
                None => said(errors::yaml_odd_key(self.excerpt.place(&span))),
            },
            _ => said(errors::yaml_odd_key(
                self.excerpt.place(&super::place::rest(self.excerpt.text, span.start)),
            )),
        }
    }

    fn node(&mut self, event: Event<'e>, place: &Place) -> Result<Node, Stop> {
        let start = span(place).start;
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_tag(tag.as_deref(), place)?;
                let node = self.scalar(text, style, &span(place));
                self.anchors.add(anchor, &node);
                Ok(node)
            }
            Event::MappingStart(_, anchor, tag) => {
                self.refuse_tag(tag.as_deref(), place)?;
                let mut pairs = Pairs::default();
                self.pairs(&mut pairs, place)?;
                let table = self.table(pairs);
                Ok(self.collection(WrittenValue::Table(table), start, anchor))
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.refuse_tag(tag.as_deref(), place)?;
                let items = self.items(place)?;
                Ok(self.collection(WrittenValue::Array(items), start, anchor))
            }
            Event::Alias(id) => {
                let place = self.excerpt.place(&span(place));
                self.anchors.find(id, self.depth).map_err(|refusal| {
                    Stop::Said(match refusal {
                        UnresolvedAlias::Circle => errors::yaml_circle(place),
                        UnresolvedAlias::Repeats => errors::yaml_repeats(place),
                        UnresolvedAlias::Deep => errors::too_deep(place, MAX_DEPTH),
                    })
                })
            }
            // The library gives a node wherever one must be, so no other event comes here.
            _ => Ok(Node { value: None, text: None }),
        }
    }

    fn scalar(&self, text: Cow<'e, str>, style: ScalarStyle, span: &Span) -> Node {
        let is_plain = style == ScalarStyle::Plain;
        let value = match () {
            // The library gives `~` for a value that is not written.
            () if is_plain && span.is_empty() => None,
            () if is_plain => scalar::core(&text),
            () => Some(WrittenValue::String(text.clone().into_owned())),
        };
        let value = value.map(|value| self.excerpt.spanned(value, &self.trimmed(span)));
        Node { value, text: Some(text.into_owned()) }
    }

    fn collection(&mut self, value: WrittenValue, start: usize, anchor: usize) -> Node {
        let value = self.excerpt.spanned(value, &(start..self.end.max(start)));
        let node = Node { value: Some(value), text: None };
        self.anchors.add(anchor, &node);
        node
    }

    /// Reads the items of a list that has begun, without absent ones.
    fn items(&mut self, start: &Place) -> Result<Vec<Spanned<WrittenValue>>, Stop> {
        let mut items = Vec::new();
        self.enter(start)?;
        loop {
            let (event, place) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                break;
            }
            items.extend(self.node(event, &place)?.value);
        }
        self.depth -= 1;
        Ok(items)
    }

    /// Makes a table of keys and values, each key once, and merges other tables into it.
    fn table(&mut self, pairs: Pairs) -> Table {
        let (mut table, repeated) = Table::of(pairs.given);
        for (key, first) in repeated {
            let [place, first] = [&key.span, &first].map(|span| self.excerpt.place_of(span));
            self.diagnostics.push(errors::repeated_key(Code::InvalidYaml, place, &key.value, first));
        }
        if !pairs.merged.is_empty() {
            let mut given = table.entries.iter().map(|entry| entry.key.value.clone()).collect();
            for value in pairs.merged {
                self.merge(value, &mut table, &mut given);
            }
        }
        table
    }

    /// Merges a table, or each of several, into another one. Keys that were given before are left out.
    fn merge(&mut self, value: Spanned<WrittenValue>, into: &mut Table, given: &mut HashSet<String>) {
        match value.value {
            WrittenValue::Table(table) => {
                let new = table.entries.into_iter().filter(|entry| given.insert(entry.key.value.clone()));
                into.entries.extend(new);
            }
            WrittenValue::Array(items)
                if items.iter().all(|item| matches!(item.value, WrittenValue::Table(_))) =>
            {
                for item in items {
                    self.merge(item, into, given);
                }
            }
            _ => self.diagnostics.push(errors::yaml_odd_merge(self.excerpt.place_of(&value.span))),
        }
    }

    fn refuse_tag(&self, tag: Option<&Tag>, place: &Place) -> Result<(), Stop> {
        if tag.is_none() {
            return Ok(());
        }
        let written = place.tag_span().map_or_else(|| span(place), |tag| span(&tag));
        Err(Stop::Said(errors::yaml_tag(self.excerpt.place(&written))))
    }

    /// Trims a span at its end, because the library includes white space.
    fn trimmed(&self, span: &Span) -> Span {
        let written = self.excerpt.text.get(span.clone()).unwrap_or_default();
        span.start..span.start + written.trim_end().len()
    }
}

/// Converts a place of the library to bytes.
fn span(place: &Place) -> Span {
    let start = place.start.byte_offset().unwrap_or_default();
    start..place.end.byte_offset().unwrap_or_default().max(start)
}

fn is_absent(event: &Event<'_>, place: &Place) -> bool {
    matches!(event, Event::Scalar(_, ScalarStyle::Plain, ..)) && span(place).is_empty()
}
