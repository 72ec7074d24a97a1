//! The tree of a template: what its author wrote, with the bytes at which it stands.

use std::sync::Arc;

use sitegen_parser::{Span, Spanned};

/// A name and where it is written.
pub(crate) type Name = Spanned<Arc<str>>;

/// A template as it was written. Where a part could not be read, the tree has a gap (`ExprKind::Missing`) and the
/// reader has said why.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct TemplateTree {
    /// The template that this one extends.
    pub parent: Option<Name>,
    pub body: Vec<TemplateNode>,
    /// The components that it declares, in the order of the text.
    pub components: Vec<ComponentDeclaration>,
    /// The count of expressions; their ids are below it.
    pub expressions: u32,
    /// The tags and comments, in the order of the text.
    pub tags: Vec<TemplateTag>,
    pub gaps: TreeGaps,
}

impl TemplateTree {
    /// Returns true if there may be more names or blocks than the tree says.
    pub(crate) fn has_gaps(&self) -> bool {
        self.gaps > TreeGaps::None
    }
}

/// The parts of a template of which there may be more than its tree says, since statements could not be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TreeGaps {
    #[default]
    None,
    /// Names that it sets, and blocks.
    Names,
    /// Components, too.
    Components,
}

/// A tag or a comment as it is written, with its braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TemplateTag {
    pub kind: TagKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TagKind {
    /// `{{ … }}`
    Print,
    /// `{% word … %}`, with the word; the span is empty if a component is called.
    Statement(Span),
    /// `{% raw %}…{% endraw %}`
    Raw,
    /// `{# … #}`
    Comment,
}

/// A part of a template's body.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TemplateNode {
    /// Text that is written as it stands, without the space that a tag beside it removes.
    Text(Span),
    /// `{{ … }}`, or a component with a body.
    Print(Expr),
    Set(SetNode),
    Capture(CaptureNode),
    Filter(FilterNode),
    Include(Name),
    Block(BlockNode),
    If(IfNode),
    For(ForNode),
    Break(Span),
    Continue(Span),
}

/// `{% set name = value %}`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SetNode {
    pub name: Name,
    /// True of `set_global`.
    pub is_global: bool,
    pub value: Expr,
}

/// `{% set name | filter %}…{% endset %}`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CaptureNode {
    pub name: Name,
    pub is_global: bool,
    pub filters: Vec<Invocation>,
    pub body: Vec<TemplateNode>,
}

/// `{% filter name %}…{% endfilter %}`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FilterNode {
    pub filters: Vec<Invocation>,
    pub body: Vec<TemplateNode>,
}

/// `{% block name %}…{% endblock %}`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BlockNode {
    pub name: Name,
    pub body: Vec<TemplateNode>,
}

/// `{% if condition %}…{% else %}…{% endif %}`; an `elif` is an `If` in `otherwise`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct IfNode {
    /// True of an `elif`, before which nothing can stand.
    pub is_elif: bool,
    pub condition: Expr,
    pub body: Vec<TemplateNode>,
    pub otherwise: Vec<TemplateNode>,
}

/// `{% for key, value in over %}…{% else %}…{% endfor %}`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ForNode {
    pub item: LoopItem,
    pub over: Expr,
    pub body: Vec<TemplateNode>,
    /// Written if there is nothing to go over.
    pub otherwise: Vec<TemplateNode>,
}

/// The names that a loop or a comprehension gives to each item.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LoopItem {
    pub key: Option<Name>,
    pub value: Name,
}

/// `{% component name(parameters) {metadata} %}…{% endcomponent %}`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ComponentDeclaration {
    pub name: Name,
    pub parameters: Vec<Parameter>,
    /// The name that takes all other arguments: `...rest`.
    pub rest: Option<Name>,
    pub metadata: Option<Expr>,
    pub body: Vec<TemplateNode>,
}

/// A parameter of a component.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Parameter {
    pub name: Name,
    /// True of `@name`, whose value is the caller's variable of that name if it is not given.
    pub is_implicit: bool,
    /// The type that is written, or else that of the default.
    pub wants: Option<ParameterType>,
    pub default: Option<Expr>,
}

/// A type of a component's parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParameterType {
    String,
    Bool,
    Integer,
    Float,
    Number,
    Array,
    Map,
    Bytes,
}

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expr {
    /// Its number in the template.
    pub id: u32,
    pub span: Span,
    /// True if it stands in parentheses, which are no part of the span.
    pub is_grouped: bool,
    pub kind: ExprKind,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ExprKind {
    /// An expression that could not be read.
    Missing,
    Literal(Literal),
    List(Vec<ListElement>),
    Map(Vec<MapElement>),
    Variable(Arc<str>),
    /// `loop.index` and the like, within a loop.
    Loop(LoopField),
    /// `of.name`, `of?.name`
    Attribute {
        of: Box<Expr>,
        name: Name,
        is_optional: bool,
    },
    /// `of[key]`, `of?[key]`
    Item {
        of: Box<Expr>,
        key: Box<Expr>,
        is_optional: bool,
    },
    Slice(Box<SliceExpr>),
    /// `of | name(…)`
    Filter {
        of: Box<Expr>,
        call: Invocation,
    },
    /// `of is name(…)`
    Test {
        of: Box<Expr>,
        call: Invocation,
    },
    /// `name(…)`
    Function(Invocation),
    Component(Box<ComponentUse>),
    /// `yes if condition else no`
    Ternary {
        condition: Box<Expr>,
        yes: Box<Expr>,
        no: Box<Expr>,
    },
    Comprehension(Box<Comprehension>),
    Unary {
        operator: UnaryOperator,
        of: Box<Expr>,
    },
    Binary {
        operator: BinaryOperator,
        left: Box<Expr>,
        right: Box<Expr>,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Literal {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(Arc<str>),
}

/// An element of a list that is written out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ListElement {
    One(Expr),
    /// `...expression`
    Spread(Expr),
}

/// An element of a map that is written out, or an argument of a component.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum MapElement {
    Entry { key: Spanned<MapKey>, value: Expr },
    Spread(Expr),
}

impl ListElement {
    /// Returns the expression of the item, or of the list that is spread.
    pub(crate) fn value(&self) -> &Expr {
        match self {
            Self::One(value) | Self::Spread(value) => value,
        }
    }
}

impl MapElement {
    /// Returns the expression of the value, or of the map that is spread.
    pub(crate) fn value(&self) -> &Expr {
        match self {
            Self::Entry { value, .. } | Self::Spread(value) => value,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum MapKey {
    Text(Arc<str>),
    Int(i64),
    Bool(bool),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LoopField {
    Index,
    Index0,
    First,
    Last,
    Length,
}

/// `of[start:end:step]`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SliceExpr {
    pub of: Expr,
    pub start: Option<Expr>,
    pub end: Option<Expr>,
    pub step: Option<Expr>,
    pub is_optional: bool,
}

/// `[of for key, value in over if condition]`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Comprehension {
    pub of: Expr,
    pub item: LoopItem,
    pub over: Expr,
    pub condition: Option<Expr>,
}

/// A filter, test or function by its name, with arguments.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Invocation {
    pub name: Name,
    pub arguments: Vec<NamedArgument>,
}

impl Invocation {
    /// Finds an argument by its name.
    pub(crate) fn argument(&self, name: &str) -> Option<&NamedArgument> {
        self.arguments.iter().find(|argument| &*argument.name.value == name)
    }
}

/// `name=value`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NamedArgument {
    pub name: Name,
    pub value: Expr,
}

/// A component that is called: `<name key={value} />`, or around a body.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ComponentUse {
    pub name: Name,
    pub arguments: Vec<MapElement>,
    /// None of a call that closes itself.
    pub body: Option<Vec<TemplateNode>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnaryOperator {
    Not,
    Minus,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BinaryOperator {
    Multiply,
    Divide,
    Remainder,
    Add,
    Subtract,
    DivideWhole,
    Power,
    Less,
    Greater,
    AtMost,
    AtLeast,
    Equal,
    NotEqual,
    And,
    Or,
    Join,
    In,
}
