//! Functions by their aliases.

use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::world::{Referent, Referents};

/// What names a function: itself, or an alias of it.
const FUNCTIONS: &[&str] = &["aws_lambda_alias", "aws_lambda_function"];

/// The function that an attribute names. An alias is followed to its function.
pub(in super::super) fn function_of(attrs: &Attrs<'_>, name: &str) -> Referents {
    function_among(attrs, name, &[])
}

/// The same, where it may name something of other types as well.
pub(in super::super) fn function_among(attrs: &Attrs<'_>, name: &str, others: &[&str]) -> Referents {
    let targets = attrs.targets(name, &[FUNCTIONS, others].concat());
    let mut followed = Referents { unknown: targets.unknown, ..Referents::default() };
    for target in targets.found {
        match target {
            Referent::Here(at, _) if attrs.world.instance(at).kind.name == "aws_lambda_alias" => {
                let of_alias = Attrs::new(attrs.world, at).targets("function_name", &["aws_lambda_function"]);
                followed.found.extend(of_alias.found);
                followed.unknown = followed.unknown.or(of_alias.unknown);
            }
            other => followed.found.push(other),
        }
    }
    followed
}
