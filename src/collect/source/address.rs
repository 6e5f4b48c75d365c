//! Terraform addresses, and the block that each of them was made from.

/// An address without `count` and `for_each` indexes: `module.db[0].aws_db_instance.main["a.b"]` is written as
/// `module.db.aws_db_instance.main`.
pub fn without_indexes(address: &str) -> String {
    let mut text = String::with_capacity(address.len());
    let (mut index, mut quoted, mut escaped) = (false, false, false);
    for letter in address.chars() {
        match letter {
            '[' if !quoted => index = true,
            ']' if !quoted => index = false,
            '"' if index && !escaped => quoted = !quoted,
            // `aws_db_instance.main (deposed object 1a2b3c4d)`
            ' ' if !index => break,
            _ if !index => text.push(letter),
            _ => {}
        }
        escaped = letter == '\\' && !escaped;
    }
    text
}

/// Names of the modules on the way, and the block in the last one: `aws_db_instance.main`, `data.aws_vpc.main`.
pub(super) fn split(address: &str) -> (Vec<&str>, &str) {
    let mut modules = Vec::new();
    let mut rest = address;
    while let Some(inside) = rest.strip_prefix("module.") {
        let Some((module, block)) = inside.split_once('.') else { break };
        modules.push(module);
        rest = block;
    }
    (modules, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indexes_go_whatever_stands_in_their_quotes() {
        let cases = [
            ("aws_db_instance.main", "aws_db_instance.main"),
            ("aws_db_instance.main[0]", "aws_db_instance.main"),
            (r#"module.db["eu.west"].aws_db_instance.main["a]\"b.c"]"#, "module.db.aws_db_instance.main"),
            ("module.db.aws_db_instance.main[", "module.db.aws_db_instance.main"),
            (r#"aws_db_instance.main["a b"] (deposed object 1a2b3c4d)"#, "aws_db_instance.main"),
        ];
        for (address, expected) in cases {
            assert_eq!(without_indexes(address), expected);
        }
    }

    #[test]
    fn an_address_names_its_modules() {
        assert_eq!(split("module.a.module.b.aws_kms_key.k"), (vec!["a", "b"], "aws_kms_key.k"));
        assert_eq!(split("module.a.data.aws_vpc.main"), (vec!["a"], "data.aws_vpc.main"));
        assert_eq!(split("aws_kms_key.k"), (vec![], "aws_kms_key.k"));
        assert_eq!(split("module.a"), (vec![], "module.a"));
    }
}
