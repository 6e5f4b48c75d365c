//! What expressions give, spelling by spelling.

use super::*;

fn given(expression: &str) -> Gives {
    of(&hcl_edit::parser::parse_expr(expression).unwrap())
}

/// The references, and how much of them is given.
fn these(expression: &str) -> (Vec<String>, Share) {
    match given(expression) {
        Gives::These(these) => (these.references.into_iter().collect(), these.share),
        other => panic!("{expression} gives {other:?}"),
    }
}

#[test]
fn all_that_an_expression_refers_to_is_told_from_one_of_it_and_some_of_it() {
    let cases: &[(&str, &[&str], Share)] = &[
        ("aws_kms_key.k.arn", &["aws_kms_key.k.arn"], Share::All),
        ("aws_kms_key.k[0].arn", &["aws_kms_key.k[0].arn"], Share::All),
        ("aws_kms_key.k.0.arn", &["aws_kms_key.k[0].arn"], Share::All),
        (r#"aws_kms_key.k["a.\"b"].arn"#, &[r#"aws_kms_key.k["a.\"b"].arn"#], Share::All),
        ("aws_kms_key.k[each.key].arn", &["aws_kms_key.k[each.key].arn"], Share::All),
        ("aws_kms_key.k[count.index + 1].arn", &["aws_kms_key.k[*].arn"], Share::One),
        (r#""${aws_kms_key.k.arn}""#, &["aws_kms_key.k.arn"], Share::All),
        (r#""alias/aws/rds""#, &[r#""alias/aws/rds""#], Share::All),
        ("aws_subnet.s[*].id", &["aws_subnet.s[*].id"], Share::All),
        ("aws_subnet.s.*.id", &["aws_subnet.s[*].id"], Share::All),
        ("aws_subnet.s.*.id[0]", &["aws_subnet.s[0].id"], Share::All),
        ("module.m[*].subnets[0]", &["module.m[*].subnets[0]"], Share::All),
        ("[for m in module.m : m.subnets[0]]", &["module.m[*].subnets[0]"], Share::All),
        ("[for m in module.m : element(m.subnets, 0)]", &["module.m[*].subnets[0]"], Share::All),
        ("module.m[*].subnets[count.index + 1]", &["module.m[*].subnets[*]"], Share::One),
        ("element(aws_subnet.s[*].id, count.index)", &["aws_subnet.s[count.index].id"], Share::All),
        ("element(aws_subnet.s[*].id, count.index % 2)", &["aws_subnet.s[*].id[*]"], Share::One),
        ("slice(aws_subnet.s[*].id, 0, 2)", &["aws_subnet.s[*].id"], Share::Some),
        ("values(aws_subnet.s)[*].id", &["aws_subnet.s[*].id"], Share::All),
        ("[for s in aws_subnet.s : s.id]", &["aws_subnet.s[*].id"], Share::All),
        (r#"[for key, s in aws_subnet.s : s.id if key != "a"]"#, &["aws_subnet.s[*].id"], Share::Some),
        ("[for zone in local.zones : aws_subnet.s[zone].id]", &["aws_subnet.s[*].id"], Share::One),
        ("{ for key, s in aws_subnet.s : key => s.id }", &["aws_subnet.s[*].id"], Share::All),
        ("[for id in local.ids : id]", &["local.ids[*]"], Share::All),
        ("flatten([for m in module.m : m.subnets])", &["module.m[*].subnets"], Share::All),
        ("flatten([for m in module.m : [for s in m.subnets : s.id]])", &["module.m[*].subnets[*].id"], Share::All),
        ("concat(aws_subnet.a[*].id, [aws_subnet.b.id])", &["aws_subnet.a[*].id", "aws_subnet.b.id"], Share::All),
        (
            "concat(aws_subnet.a[*].id, aws_subnet.b[*].id)[0]",
            &["aws_subnet.a[*].id", "aws_subnet.b[*].id"],
            Share::One,
        ),
        ("concat(aws_subnet.a, aws_subnet.b)[*].id", &["aws_subnet.a[*].id", "aws_subnet.b[*].id"], Share::All),
        (r#"[aws_subnet.a.id, "subnet-1"]"#, &[r#""subnet-1""#, "aws_subnet.a.id"], Share::All),
        ("(var.on ? aws_kms_key.a.arn : aws_kms_key.b.arn)", &["aws_kms_key.a.arn", "aws_kms_key.b.arn"], Share::One),
        ("(var.on ? aws_kms_key.a : aws_kms_key.b).arn", &["aws_kms_key.a.arn", "aws_kms_key.b.arn"], Share::One),
        ("var.on ? aws_subnet.s[*].id : []", &["aws_subnet.s[*].id"], Share::All),
        (r#"var.on ? aws_kms_key.a.arn : "alias/aws/rds""#, &["aws_kms_key.a.arn"], Share::All),
        ("coalesce(aws_kms_key.a.arn, null)", &["aws_kms_key.a.arn"], Share::All),
        ("try(one(aws_kms_key.a[*].arn), null)", &["aws_kms_key.a[*].arn"], Share::All),
        ("one(aws_kms_key.a[*]).arn", &["aws_kms_key.a[*].arn"], Share::All),
        ("{ a = { key = aws_kms_key.k.arn } }.a[\"key\"]", &["aws_kms_key.k.arn"], Share::All),
        (
            "[for s in { a = aws_subnet.a, b = aws_subnet.b } : s.id]",
            &["aws_subnet.a[*].id", "aws_subnet.b[*].id"],
            Share::All,
        ),
        ("[]", &[], Share::All),
    ];
    let expected: Vec<_> =
        cases.iter().map(|(_, names, share)| (names.iter().map(|n| (*n).to_owned()).collect(), *share)).collect();
    assert_eq!(cases.iter().map(|(expression, ..)| these(expression)).collect::<Vec<_>>(), expected);
}

#[test]
fn what_is_made_of_a_reference_is_none_of_it() {
    let derived = [
        r#"replace(aws_kms_key.k.arn, "us-east-1", "us-west-2")"#,
        r#"format("%s", aws_kms_key.k.arn)"#,
        r#"join("", aws_kms_key.k[*].arn)"#,
        r#""${aws_kms_key.k.arn}/*""#,
        r#"[replace(aws_kms_key.k.arn, "a", "b")]"#,
        "var.on ? lower(aws_kms_key.k.arn) : null",
        "[for key in aws_kms_key.k : lower(key.arn)]",
        "[for key, s in aws_subnet.s : key]",
        "{ a = { key = aws_kms_key.k.arn } }.b.key",
        "{ a = { key = aws_kms_key.k.arn } }[*].key",
        "provider::aws::arn_build(aws_kms_key.k.arn)",
    ];
    assert_eq!(derived.iter().filter(|it| given(it) != Gives::Derived).collect::<Vec<_>>(), [&""; 0]);
}

#[test]
fn a_part_of_a_reference_is_asked_of_each_thing_in_a_list_and_of_no_object() {
    let part = |expression: &str, rest: &[(&'static str, Option<&'static str>)]| {
        let part = given(expression).part(rest.iter().copied());
        part.map(|these| (these.references.into_iter().collect::<Vec<_>>(), these.share))
    };
    let id = [("", Some("*")), ("id", None)];
    let of_s = (vec!["aws_subnet.s[*].id".to_owned()], Share::All);
    assert_eq!(part("aws_subnet.s", &id), Some(of_s.clone()));
    assert_eq!(part("aws_subnet.s[*]", &id), Some(of_s));
    let of_a = |key: &str| Some((vec![format!("aws_subnet.s[{key}].id")], Share::All));
    assert_eq!(part("aws_subnet.s", &[("", Some(r#""a""#)), ("id", None)]), of_a(r#""a""#));
    assert_eq!(part("aws_subnet.s[*].id", &[("", Some("0"))]), of_a("0"));
    let one = (vec!["aws_subnet.a.id".to_owned(), "aws_subnet.b.id".to_owned()], Share::One);
    assert_eq!(part("[aws_subnet.a.id, aws_subnet.b.id]", &[("", Some("0"))]), Some(one));
    let whole = (vec!["aws_subnet.s".to_owned()], Share::All);
    assert_eq!(part("{ a = aws_subnet.s, b = aws_kms_key.k }", &[("a", None)]), Some(whole));
    assert_eq!(part("{ a = aws_subnet.s }", &[("b", None)]), None);
    assert_eq!(part("{ (var.name) = aws_subnet.s }", &[("a", None)]), None);
}

#[test]
fn an_expression_that_multiplies_is_given_up() {
    let twice = |inner: String| format!("flatten([for x in [{inner}] : [x.a, x.b]])");
    let loops = |depth: usize| (0..depth).fold("x.y".to_owned(), |inner, _| twice(inner));
    assert!(matches!(given(&loops(8)), Gives::These(these) if these.references.len() == 256));
    assert_eq!(given(&loops(9)), Gives::Derived);
}

#[test]
fn a_text_of_a_json_file_is_a_template() {
    let these = |references: &[&str]| {
        Gives::These(These { references: references.iter().map(|it| (*it).to_owned()).collect(), ..These::default() })
    };
    assert_eq!(Gives::of_text("${aws_subnet.s.id}"), these(&["aws_subnet.s.id"]));
    assert_eq!(Gives::of_text("subnet-1"), these(&[r#""""#]));
    assert_eq!(Gives::of_text("${aws_subnet.s.id}x"), Gives::Derived);
    assert_eq!(Gives::of_text("${"), Gives::Derived);
}
