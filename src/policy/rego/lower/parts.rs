//! What an expression consists of.

use regorus::unstable::{Expr, Span};

/// The names in an expression, without those of the bodies in it.
pub(super) fn mentions<'e>(expression: &'e Expr, into: &mut Vec<&'e Span>) {
    match expression {
        Expr::Var { span, .. } => into.push(span),
        Expr::Call { params, .. } => params.iter().for_each(|one| mentions(one, into)),
        Expr::ArrayCompr { .. } | Expr::SetCompr { .. } | Expr::ObjectCompr { .. } => {}
        other => parts(other, &mut |part| mentions(part, into)),
    }
}

/// The direct parts of an expression.
pub(super) fn parts<'e>(expression: &'e Expr, each: &mut dyn FnMut(&'e Expr)) {
    match expression {
        Expr::Array { items, .. } | Expr::Set { items, .. } => items.iter().for_each(|item| each(item)),
        Expr::Object { fields, .. } => {
            for (_, key, value) in fields {
                each(key);
                each(value);
            }
        }
        Expr::Call { params, .. } => params.iter().for_each(|one| each(one)),
        Expr::UnaryExpr { expr, .. } => each(expr),
        Expr::RefDot { refr, .. } => each(refr),
        Expr::RefBrack { refr, index, .. } => {
            each(refr);
            each(index);
        }
        Expr::BinExpr { lhs, rhs, .. }
        | Expr::BoolExpr { lhs, rhs, .. }
        | Expr::ArithExpr { lhs, rhs, .. }
        | Expr::AssignExpr { lhs, rhs, .. } => {
            each(lhs);
            each(rhs);
        }
        Expr::Membership { key, value, collection, .. } => {
            key.iter().for_each(|key| each(key));
            each(value);
            each(collection);
        }
        _ => {}
    }
}
