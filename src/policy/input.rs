//! A resource as the value that Rego reads: a serde serializer that makes regorus values.
//!
//! It walks the schema along: what no policy reads is passed over, and what serde leaves out because it is unknown is
//! noted. So the value and the set of unknown facts come from one pass.

use std::collections::BTreeMap;
use std::fmt;

use regorus::Value;
use serde::ser::{self, Serialize};

use super::schema::{Nodes, Schema};
use crate::model::Resource;

/// Makes inputs, on one thread: the keys are this thread's own, because shared ones would have their counts contended.
pub(crate) struct InputMaker<'s> {
    schema: &'s Schema,
    keys: Vec<Value>,
}

impl<'s> InputMaker<'s> {
    pub(crate) fn new(schema: &'s Schema) -> Self {
        let mut keys = vec![Value::Null; schema.nodes.len()];
        for node in &schema.nodes {
            for (name, at) in &node.children {
                keys[*at] = Value::from(name.as_str());
            }
        }
        Self { schema, keys }
    }

    /// The input, and the nodes of the facts that are unknown in it.
    pub(crate) fn make(&self, resource: &Resource, wanted: &Nodes) -> Result<(Value, Nodes), InputError> {
        let mut unknown = Nodes::default();
        let value =
            resource.serialize(ValueSerializer { maker: self, wanted, unknown: &mut unknown, node: Some(0) })?;
        for path in resource.unknown.keys() {
            unknown.insert(self.schema.find(path).unwrap_or(0));
        }
        Ok((value, unknown))
    }
}

/// Why a resource could not become a value. The model has no such type; serde asks for an error all the same.
#[derive(Debug, thiserror::Error)]
#[error("the resource cannot be given to a policy: {0}")]
pub(crate) struct InputError(String);

impl ser::Error for InputError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

struct ValueSerializer<'a, 's> {
    maker: &'a InputMaker<'s>,
    wanted: &'a Nodes,
    unknown: &'a mut Nodes,
    /// Where in the schema it is; `None` below a map with names of its own.
    node: Option<usize>,
}

impl<'a, 's> ValueSerializer<'a, 's> {
    fn list(self, length: Option<usize>) -> ListSerializer<'a, 's> {
        let node = self.node.and_then(|node| self.maker.schema.nodes[node].element);
        ListSerializer {
            maker: self.maker,
            wanted: self.wanted,
            unknown: self.unknown,
            node,
            items: Vec::with_capacity(length.unwrap_or(0)),
        }
    }
}

impl<'a, 's> ser::Serializer for ValueSerializer<'a, 's> {
    type Ok = Value;
    type Error = InputError;
    type SerializeSeq = ListSerializer<'a, 's>;
    type SerializeTuple = ListSerializer<'a, 's>;
    type SerializeTupleStruct = ListSerializer<'a, 's>;
    type SerializeTupleVariant = ser::Impossible<Value, InputError>;
    type SerializeMap = MapSerializer<'a, 's>;
    type SerializeStruct = StructSerializer<'a, 's>;
    type SerializeStructVariant = ser::Impossible<Value, InputError>;

    fn serialize_bool(self, value: bool) -> Result<Value, InputError> {
        Ok(Value::Bool(value))
    }
    fn serialize_i8(self, value: i8) -> Result<Value, InputError> {
        self.serialize_i64(value.into())
    }
    fn serialize_i16(self, value: i16) -> Result<Value, InputError> {
        self.serialize_i64(value.into())
    }
    fn serialize_i32(self, value: i32) -> Result<Value, InputError> {
        self.serialize_i64(value.into())
    }
    fn serialize_i64(self, value: i64) -> Result<Value, InputError> {
        Ok(Value::from(value))
    }
    fn serialize_u8(self, value: u8) -> Result<Value, InputError> {
        self.serialize_u64(value.into())
    }
    fn serialize_u16(self, value: u16) -> Result<Value, InputError> {
        self.serialize_u64(value.into())
    }
    fn serialize_u32(self, value: u32) -> Result<Value, InputError> {
        self.serialize_u64(value.into())
    }
    fn serialize_u64(self, value: u64) -> Result<Value, InputError> {
        Ok(Value::from(value))
    }
    fn serialize_f32(self, value: f32) -> Result<Value, InputError> {
        self.serialize_f64(value.into())
    }
    fn serialize_f64(self, value: f64) -> Result<Value, InputError> {
        Ok(Value::from(value))
    }
    fn serialize_char(self, value: char) -> Result<Value, InputError> {
        Ok(Value::from(value.to_string()))
    }
    fn serialize_str(self, value: &str) -> Result<Value, InputError> {
        Ok(Value::from(value))
    }
    fn serialize_bytes(self, _: &[u8]) -> Result<Value, InputError> {
        Err(InputError("bytes".to_owned()))
    }
    fn serialize_none(self) -> Result<Value, InputError> {
        Ok(Value::Null)
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, InputError> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<Value, InputError> {
        Ok(Value::Null)
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, InputError> {
        Ok(Value::Null)
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Value, InputError> {
        Ok(Value::from(variant))
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Value, InputError> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: &T,
    ) -> Result<Value, InputError> {
        Err(InputError(format!("variant '{variant}'")))
    }
    fn serialize_seq(self, length: Option<usize>) -> Result<ListSerializer<'a, 's>, InputError> {
        Ok(self.list(length))
    }
    fn serialize_tuple(self, length: usize) -> Result<ListSerializer<'a, 's>, InputError> {
        Ok(self.list(Some(length)))
    }
    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<ListSerializer<'a, 's>, InputError> {
        Ok(self.list(Some(length)))
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, InputError> {
        Err(InputError(format!("variant '{variant}'")))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<MapSerializer<'a, 's>, InputError> {
        Ok(MapSerializer {
            maker: self.maker,
            wanted: self.wanted,
            unknown: self.unknown,
            key: Value::Null,
            map: BTreeMap::new(),
        })
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<StructSerializer<'a, 's>, InputError> {
        Ok(StructSerializer {
            maker: self.maker,
            wanted: self.wanted,
            unknown: self.unknown,
            node: self.node,
            map: BTreeMap::new(),
        })
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, InputError> {
        Err(InputError(format!("variant '{variant}'")))
    }
}

struct ListSerializer<'a, 's> {
    maker: &'a InputMaker<'s>,
    wanted: &'a Nodes,
    unknown: &'a mut Nodes,
    node: Option<usize>,
    items: Vec<Value>,
}

impl ListSerializer<'_, '_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), InputError> {
        let item = ValueSerializer { maker: self.maker, wanted: self.wanted, unknown: self.unknown, node: self.node };
        self.items.push(value.serialize(item)?);
        Ok(())
    }
}

/// Serde asks for a trait for each kind of list, which are all the same here.
macro_rules! lists {
    ($($kind:ident $method:ident)*) => {$(
        impl ser::$kind for ListSerializer<'_, '_> {
            type Ok = Value;
            type Error = InputError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), InputError> {
                self.item(value)
            }
            fn end(self) -> Result<Value, InputError> {
                Ok(Value::from(self.items))
            }
        }
    )*};
}

lists! { SerializeSeq serialize_element SerializeTuple serialize_element SerializeTupleStruct serialize_field }

struct MapSerializer<'a, 's> {
    maker: &'a InputMaker<'s>,
    wanted: &'a Nodes,
    unknown: &'a mut Nodes,
    key: Value,
    map: BTreeMap<Value, Value>,
}

impl<'a, 's> MapSerializer<'a, 's> {
    fn below(&mut self) -> ValueSerializer<'_, 's> {
        ValueSerializer { maker: self.maker, wanted: self.wanted, unknown: self.unknown, node: None }
    }
}

impl ser::SerializeMap for MapSerializer<'_, '_> {
    type Ok = Value;
    type Error = InputError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), InputError> {
        self.key = key.serialize(self.below())?;
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), InputError> {
        let value = value.serialize(self.below())?;
        self.map.insert(std::mem::replace(&mut self.key, Value::Null), value);
        Ok(())
    }
    fn end(self) -> Result<Value, InputError> {
        Ok(Value::from(self.map))
    }
}

struct StructSerializer<'a, 's> {
    maker: &'a InputMaker<'s>,
    wanted: &'a Nodes,
    unknown: &'a mut Nodes,
    node: Option<usize>,
    map: BTreeMap<Value, Value>,
}

impl ser::SerializeStruct for StructSerializer<'_, '_> {
    type Ok = Value;
    type Error = InputError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), InputError> {
        let Some(node) = self.node.and_then(|node| self.maker.schema.child(node, name)) else { return Ok(()) };
        if !self.wanted.contains(node) {
            return Ok(());
        }
        let below = ValueSerializer { maker: self.maker, wanted: self.wanted, unknown: self.unknown, node: Some(node) };
        let value = value.serialize(below)?;
        self.map.insert(self.maker.keys[node].clone(), value);
        Ok(())
    }

    /// Serde leaves out what is unknown, and empty collections that are no facts.
    fn skip_field(&mut self, name: &'static str) -> Result<(), InputError> {
        if let Some(node) = self.node.and_then(|node| self.maker.schema.child(node, name))
            && self.maker.schema.nodes[node].fact
        {
            self.unknown.insert(node);
        }
        Ok(())
    }

    fn end(self) -> Result<Value, InputError> {
        Ok(Value::from(self.map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Backup, Fact, Kind, Place};

    #[test]
    fn a_resource_becomes_its_json_with_the_unknown_facts_noted() {
        let schema = Schema::of_resource();
        let maker = InputMaker::new(schema);
        let mut all = Nodes::default();
        schema.down(0, &mut all);
        let mut resource = Resource::new(Kind::of("aws.rds.instance"), "arn:x", "x", Place::new("1", "r"));
        resource.tags = Fact::Known([("app".to_owned(), "shop".to_owned())].into());
        resource.backup =
            Some(Box::new(Backup { retention_days: Fact::Known(7), enabled: Fact::Absent, ..Backup::default() }));
        resource.mark_unknown("joined.copies", "because");
        let (value, unknown) = maker.make(&resource, &all).unwrap();
        let expected = Value::from_json_str(&serde_json::to_string(&resource).unwrap()).unwrap();
        assert_eq!(value["backup"], expected["backup"]);
        assert_eq!(value["tags"], expected["tags"]);
        assert_eq!(value["kind"], expected["kind"]);
        let paths: Vec<_> = unknown.iter().map(|node| schema.nodes[node].path.as_str()).collect();
        assert!(
            paths.contains(&"backup.point_in_time")
                && paths.contains(&"joined.copies")
                && paths.contains(&"encryption")
        );
        assert!(!paths.contains(&"backup.enabled") && !paths.contains(&"backup") && !paths.contains(&"links"));
    }

    #[test]
    fn only_what_is_wanted_is_made() {
        let schema = Schema::of_resource();
        let maker = InputMaker::new(schema);
        let mut wanted = Nodes::default();
        schema.up(schema.find("kind").unwrap(), &mut wanted);
        let resource = Resource::new(Kind::of("aws.rds.instance"), "arn:x", "x", Place::new("1", "r"));
        let (value, _) = maker.make(&resource, &wanted).unwrap();
        assert_eq!(value.to_json_str().unwrap().replace(char::is_whitespace, ""), r#"{"kind":"aws.rds.instance"}"#);
    }
}
