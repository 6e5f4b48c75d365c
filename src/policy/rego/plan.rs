//! Rego as it is run: names resolved, statements in an order in which every name has its value, and every way of going
//! through a collection a step of its own, so that a term has one value at most.

use std::collections::BTreeMap;

use regorus::Value;
use regorus::unstable::{ArithOp, BinOp, BoolOp};

use super::at::At;
use super::builtins::Builtin;

/// A place for the value of a local name.
pub(super) type Slot = usize;
/// The place of a rule in [`Program::rules`].
pub(crate) type RuleId = usize;
/// The place of a part of `data` in [`Program::tree`].
pub(super) type TreeId = usize;

/// All rules of a bundle.
#[derive(Debug, Default)]
pub(crate) struct Program {
    pub(super) rules: Vec<Rule>,
    pub(super) tree: Vec<Tree>,
}

impl Program {
    /// The names of all rules.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(|rule| rule.name.as_str())
    }

    /// The rule of that name: `data.team.backup.deny`.
    pub(crate) fn find(&self, name: &str) -> Option<RuleId> {
        self.rules.iter().position(|rule| rule.name == name)
    }
}

/// A part of `data`: a package, or a part of its name.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub path: Vec<String>,
    pub children: BTreeMap<String, TreeId>,
    pub rule: Option<RuleId>,
}

/// All definitions of a name.
#[derive(Debug)]
pub(super) struct Rule {
    /// `data.team.backup.deny`
    pub name: String,
    pub kind: RuleKind,
    pub definitions: Vec<Definition>,
    pub default: Option<Definition>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RuleKind {
    /// One value.
    Complete,
    /// `contains`
    Set,
    /// Definitions for keys: `a[k] := v`, `a[k] contains v`.
    Object,
    /// So many arguments.
    Function(usize),
}

/// One definition: a branch, and what stands behind its `else`s.
#[derive(Debug)]
pub(super) struct Definition {
    pub at: At,
    pub slots: usize,
    pub arguments: Vec<Pattern>,
    pub branches: Vec<Branch>,
}

#[derive(Debug)]
pub(super) struct Branch {
    pub body: Vec<Step>,
    /// The keys of an object's member.
    pub keys: Vec<Term>,
    /// The last key is that of a set, and the value a member of it.
    pub is_member: bool,
    pub value: Term,
}

/// A statement.
#[derive(Debug)]
pub(super) enum Step {
    Holds(Term),
    Unify(Pattern, Term),
    Each {
        key: Pattern,
        value: Pattern,
        over: Term,
    },
    /// `walk`: pairs of a path and what is there.
    Walk {
        to: Pattern,
        over: Term,
    },
    Not(Vec<Self>),
    Every {
        key: Pattern,
        value: Pattern,
        over: Term,
        body: Vec<Self>,
    },
    With {
        what: Vec<(Replaced, Term)>,
        body: Vec<Self>,
    },
}

/// What `with` replaces.
#[derive(Debug)]
pub(super) enum Replaced {
    Input(Vec<Value>),
    Base(Vec<Value>),
    Rule(RuleId),
}

/// What a value is taken apart by.
#[derive(Clone, Debug)]
pub(super) enum Pattern {
    Any,
    /// The name gets the value; if it has one, they have to be the same.
    Name(Slot),
    Array(Vec<Self>),
    Object(Vec<(Value, Self)>),
    Value(Box<Term>),
}

/// Something that has a value.
#[derive(Clone, Debug)]
pub(super) enum Term {
    Constant(Value),
    Name(Slot),
    Input,
    /// `data` files and parameters.
    Base,
    Rule(RuleId),
    Tree(TreeId),
    Array(Vec<Self>),
    Set(Vec<Self>),
    Object(Vec<(Self, Self)>),
    Comprehension(std::sync::Arc<Comprehension>),
    Call(RuleId, Vec<Self>),
    Builtin(std::sync::Arc<Builtin>, Vec<Self>),
    Step(Box<Self>, Box<Self>),
    Compare(BoolOp, Box<(Self, Self)>),
    Arithmetic(ArithOp, Box<(Self, Self)>),
    Sets(BinOp, Box<(Self, Self)>),
    Negative(Box<Self>),
    In {
        key: Option<Box<Self>>,
        value: Box<Self>,
        over: Box<Self>,
    },
}

#[derive(Debug)]
pub(super) struct Comprehension {
    pub kind: Collected,
    pub body: Vec<Step>,
    /// For objects.
    pub key: Option<Term>,
    pub value: Term,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Collected {
    Array,
    Set,
    Object,
}
