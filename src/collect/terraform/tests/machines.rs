//! What Auto Scaling groups start, as code says it: templates by version, overrides, launch configurations.

use serde_json::{Value, json};

use super::{created, resources};

/// `#!/bin/sh\nexport DB_HOST=orders.abc.us-east-1.rds.amazonaws.com\n`
const USER_DATA: &str = "IyEvYmluL3NoCmV4cG9ydCBEQl9IT1NUPW9yZGVycy5hYmMudXMtZWFzdC0xLnJkcy5hbWF6b25hd3MuY29tCg==";

fn refers(to: &[&str]) -> Value {
    json!({"references": to})
}

/// What is known of the group's machines.
fn machines(group: &Value) -> Value {
    let mentions =
        group["workload"]["mentions"].as_array().map(|all| all.iter().map(|it| it["value"].clone()).collect());
    json!({
        "types": group["capacity"]["types"],
        "groups": group["network"]["security_groups"],
        "images": group["workload"]["launch_images"],
        "mentions": mentions.map_or(Value::Null, Value::Array),
        "links": group["links"],
        "unknown": group["unknown"],
    })
}

#[test]
fn a_group_starts_what_the_newest_version_of_its_template_says() {
    let made = created(&[
        (
            "aws_launch_template.web",
            json!({"name": "web", "instance_type": "m7g.large", "user_data": USER_DATA}),
            json!({"arn": true, "id": true, "latest_version": true, "default_version": true, "image_id": true,
                "vpc_security_group_ids": true}),
            json!({
                "name": {"constant_value": "web"}, "instance_type": {"constant_value": "m7g.large"},
                "image_id": refers(&["aws_ami_copy.web.id", "aws_ami_copy.web"]),
                "vpc_security_group_ids": refers(&["aws_security_group.web.id", "aws_security_group.web"]),
                "user_data": {},
            }),
        ),
        (
            "aws_ami_copy.web",
            json!({"name": "web-1", "source_ami_id": "ami-0123456789abcdef0", "source_ami_region": "us-east-1"}),
            json!({"id": true, "arn": true, "architecture": true, "owner_id": true}),
            json!({"name": {"constant_value": "web-1"}, "source_ami_id": {"constant_value": "ami-0123456789abcdef0"},
                "source_ami_region": {"constant_value": "us-east-1"}}),
        ),
        ("aws_security_group.web", json!({"name": "web"}), json!({"id": true, "arn": true}), json!({})),
        (
            "aws_autoscaling_group.web",
            json!({"name": "web", "min_size": 1, "max_size": 2, "launch_template": [{}]}),
            json!({"arn": true, "launch_template": [{"id": true, "version": true}]}),
            json!({"launch_template": [{
                "id": refers(&["aws_launch_template.web.id", "aws_launch_template.web"]),
                "version": refers(&["aws_launch_template.web.latest_version", "aws_launch_template.web"]),
            }]}),
        ),
    ]);
    let at = "launch template web";
    let expected = json!({
        "types": ["m7g.large"],
        "groups": ["aws_security_group.web"],
        "images": [{"at": at, "reference": "aws_ami_copy.web"}],
        "mentions": ["orders.abc.us-east-1.rds.amazonaws.com"],
        "links": [
            {"rel": "runs-from", "to": "aws_launch_template.web"},
            {"rel": "uses-image", "to": "aws_ami_copy.web", "at": at},
            {"rel": "filtered-by", "to": "aws_security_group.web"},
        ],
        "unknown": made["aws_autoscaling_group.web"]["unknown"],
    });
    assert_eq!(machines(&made["aws_autoscaling_group.web"]), expected);
    assert_eq!(
        made["aws_ami_copy.web"]["machine_image"],
        json!({
            "name": "web-1", "source": "ami-0123456789abcdef0", "source_region": "us-east-1", "deprecated_at": null,
        })
    );
}

/// A state with a template that has three versions, the first of which is the default one, and a group that names a version.
fn by_version(version: Value) -> Value {
    let row = |kind: &str, values: Value| json!({"address": format!("{kind}.web"), "mode": "managed", "type": kind, "name": "web", "values": values});
    let state = json!({"format_version": "1.0", "terraform_version": "1.11.4", "values": {"root_module": {"resources": [
        row("aws_launch_template", json!({
            "id": "lt-1", "arn": "arn:aws:ec2:us-east-1:111122223333:launch-template/lt-1", "name": "web",
            "latest_version": 3, "default_version": 1, "image_id": "ami-1", "instance_type": "m7g.large",
            "vpc_security_group_ids": ["sg-1"], "user_data": "",
        })),
        row("aws_autoscaling_group", json!({
            "id": "web", "arn": "arn:aws:autoscaling:us-east-1:111122223333:autoScalingGroup:1:autoScalingGroupName/web",
            "name": "web", "min_size": 1, "max_size": 2, "desired_capacity": 1,
            "launch_template": [{"id": "lt-1", "name": "web", "version": version}],
        })),
    ]}}});
    let all = resources(&state);
    let (_, group) = all.into_iter().find(|(_, facts)| facts["kind"] == "aws.autoscaling.group").unwrap();
    json!([group["workload"]["launch_images"], group["capacity"]["types"], group["unknown"]["workload.launch_images"]])
}

#[test]
fn another_version_than_the_newest_says_something_that_the_code_does_not() {
    let newest = json!([[{"at": "launch template web, version 3", "reference": "ami-1"}], ["m7g.large"], null]);
    for version in ["3", "$Latest"] {
        assert_eq!(by_version(json!(version)), newest, "{version}");
    }
    let why = "the code does not say what the version of the launch template is that it uses";
    for version in [json!("2"), json!("$Default"), Value::Null] {
        assert_eq!(by_version(version.clone()), json!([null, null, why]), "{version}");
    }
}

#[test]
fn overrides_name_types_and_templates_and_a_launch_configuration_keeps_a_hash_of_its_user_data() {
    let spec = |id: &str| json!([{"launch_template_id": id, "version": "$Latest"}]);
    let made = created(&[
        (
            "aws_autoscaling_group.mixed",
            json!({"name": "mixed", "min_size": 0, "max_size": 1, "mixed_instances_policy": [{"launch_template": [{
                "launch_template_specification": spec("lt-9"),
                "override": [{"instance_type": "m8g.large"}, {"instance_type": "m7g.large"}],
            }]}]}),
            json!({"arn": true}),
            json!({}),
        ),
        (
            "aws_launch_configuration.old",
            json!({"name": "old", "image_id": "ami-1", "instance_type": "t3.micro",
                "user_data": "0123456789abcdef0123456789abcdef01234567", "security_groups": ["sg-1"]}),
            json!({"arn": true, "id": true}),
            json!({}),
        ),
        (
            "aws_autoscaling_group.old",
            json!({"name": "old", "min_size": 0, "max_size": 1, "launch_configuration": "old"}),
            json!({"arn": true}),
            json!({}),
        ),
    ]);
    let mixed = machines(&made["aws_autoscaling_group.mixed"]);
    assert_eq!(
        [&mixed["types"], &mixed["links"], &mixed["unknown"]["workload.launch_images"]],
        [
            &json!(["m7g.large", "m8g.large"]),
            &json!([{"rel": "runs-from", "to": "lt-9"}]),
            &json!("launch template lt-9 is not in the code"),
        ]
    );
    let old = machines(&made["aws_autoscaling_group.old"]);
    let at = "launch configuration old";
    assert_eq!(
        [&old["types"], &old["groups"], &old["images"], &old["unknown"]["workload.mentions"]],
        [
            &json!(["t3.micro"]),
            &json!(["sg-1"]),
            &json!([{"at": at, "reference": "ami-1"}]),
            &json!("launch configuration old: its user data is not known"),
        ]
    );
}

#[test]
fn a_version_that_something_else_will_say_may_be_any() {
    let made = |version: &str| {
        let template = |name: &str| {
            (
                json!({"name": name, "image_id": format!("ami-{name}")}),
                json!({"arn": true, "id": true, "latest_version": true, "default_version": true}),
            )
        };
        let ((web, unknown), (other, _)) = (template("web"), template("other"));
        let made = created(&[
            ("aws_launch_template.web", web, unknown.clone(), json!({})),
            ("aws_launch_template.other", other, unknown, json!({})),
            (
                "aws_autoscaling_group.web",
                json!({"name": "web", "min_size": 1, "max_size": 2, "launch_template": [{}]}),
                json!({"arn": true, "launch_template": [{"id": true, "version": true}]}),
                json!({"launch_template": [{
                    "id": refers(&["aws_launch_template.web.id", "aws_launch_template.web"]),
                    "version": refers(&[&format!("{version}.latest_version"), version]),
                }]}),
            ),
        ]);
        made["aws_autoscaling_group.web"]["workload"]["launch_images"].clone()
    };
    let own = json!([{"at": "launch template web", "reference": "ami-web"}]);
    assert_eq!(made("aws_launch_template.web"), own);
    assert_eq!(made("aws_launch_template.other"), Value::Null);
}

#[test]
fn a_group_whose_template_is_known_only_after_apply_says_nothing_of_its_machines() {
    let made = created(&[(
        "aws_autoscaling_group.web",
        json!({"name": "web", "min_size": 1, "max_size": 2}),
        json!({"arn": true, "launch_template": true, "mixed_instances_policy": true}),
        json!({"launch_template": [{}]}),
    )]);
    let group = &made["aws_autoscaling_group.web"];
    let why = "what it starts from is not known";
    assert_eq!(
        json!([
            group["workload"]["launch_images"],
            group["workload"].get("mentions"),
            group["unknown"]["workload.mentions"]
        ]),
        json!([null, null, why])
    );
}

#[test]
fn machines_take_on_the_role_that_an_instance_profile_is_for() {
    let template = |profile: Value, unknown: Value, code: Value| {
        (
            json!({"name": "web", "image_id": "ami-1", "iam_instance_profile": profile}),
            json!({"arn": true, "id": true, "latest_version": true, "default_version": true,
                "iam_instance_profile": unknown}),
            json!({"iam_instance_profile": code}),
        )
    };
    let by_code = |of: &str| {
        let code = json!([{"arn": refers(&[&format!("{of}.arn"), of])}]);
        template(json!([{}]), json!([{"arn": true}]), code)
    };
    let found = |(values, unknown, code): (Value, Value, Value)| {
        let made = created(&[
            ("aws_launch_template.web", values, unknown, code),
            ("aws_iam_role.web", json!({"name": "web-machines"}), json!({"arn": true, "id": true}), json!({})),
            (
                "aws_iam_instance_profile.web",
                json!({"name": "web"}),
                json!({"arn": true, "id": true, "role": true}),
                json!({"role": refers(&["aws_iam_role.web.name", "aws_iam_role.web"])}),
            ),
            (
                "aws_iam_instance_profile.shared",
                json!({"name": "shared", "role": "of-the-platform"}),
                json!({"arn": true, "id": true}),
                json!({"role": {"constant_value": "of-the-platform"}}),
            ),
            (
                "aws_iam_instance_profile.odd",
                json!({"name": "odd"}),
                json!({"arn": true, "id": true, "role": true}),
                json!({"role": refers(&["random_pet.role.id", "random_pet.role"])}),
            ),
        ]);
        let web = &made["aws_launch_template.web"];
        json!([
            web["workload"]["instance_profiles"],
            web["links"],
            web["unknown"]["workload.instance_profiles"],
            made["aws_iam_role.web"]["role"]["instance_profiles"],
            made["aws_iam_role.web"]["unknown"]["role.instance_profiles"],
        ])
    };
    let image = json!({"rel": "uses-image", "to": "ami-1", "at": "launch template web"});
    // What may be for any role may be for this one.
    let of_role = json!(["web"]);
    let doubt = "which role instance profile 'odd' is for is not known";
    assert_eq!(found(by_code("aws_iam_instance_profile.web")), json!([["web"], [image], null, of_role, doubt]));
    let role = json!({"rel": "assumes", "to": "of-the-platform", "at": "launch template web, instance profile shared"});
    assert_eq!(found(by_code("aws_iam_instance_profile.shared")), json!([[], [image, role], null, of_role, doubt]));
    let why = "launch template web: its instance profile is not known";
    assert_eq!(found(by_code("aws_iam_instance_profile.odd")), json!([null, [image], why, of_role, doubt]));
    let named =
        template(json!([{"name": "elsewhere"}]), json!([{}]), json!([{"name": {"constant_value": "elsewhere"}}]));
    assert_eq!(found(named), json!([["elsewhere"], [image], null, of_role, doubt]));
    let arn = "arn:aws:iam::111122223333:instance-profile/machines/elsewhere";
    let named = template(json!([{"arn": arn}]), json!([{}]), json!([{"arn": {"constant_value": arn}}]));
    assert_eq!(found(named), json!([["elsewhere"], [image], null, of_role, doubt]));
    assert_eq!(found(template(json!([]), json!([]), json!([]))), json!([[], [image], null, of_role, doubt]));
}
