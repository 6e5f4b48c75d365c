//! A resource as the value that Rego reads: a serde serializer that makes regorus values.
//!
//! It walks the schema along: what no policy reads is passed over, and what serde leaves out because it is unknown is
//! noted, and every node gets a fingerprint. All three come from one pass.

use std::collections::BTreeMap;
use std::fmt;

use regorus::Value;
use serde::ser::{self, Serialize};

use super::prints::Prints;
use super::schema::{Node, Nodes, Schema};
use crate::model::{Joined, Linked};
use crate::print::{ByText, Print};

/// Makes inputs, on one thread: the keys are this thread's own, because shared ones would have their counts contended.
pub(crate) struct InputMaker<'s> {
    schema: &'s Schema,
    keys: Vec<Value>,
    /// For each node, its children by name: they are looked for some hundred times for each resource.
    children: Vec<ByText<&'s str, usize>>,
}

impl<'s> InputMaker<'s> {
    pub(crate) fn new(schema: &'s Schema) -> Self {
        let mut keys = vec![Value::Null; schema.nodes.len()];
        for node in &schema.nodes {
            for (name, at) in &node.children {
                keys[*at] = Value::from(name.as_str());
            }
        }
        let by_name = |node: &'s Node| node.children.iter().map(|(name, at)| (name.as_str(), *at)).collect();
        Self { schema, keys, children: schema.nodes.iter().map(by_name).collect() }
    }

    fn child(&self, node: usize, name: &str) -> Option<usize> {
        self.children.get(node)?.get(name).copied()
    }

    /// Makes the input of a resource.
    pub(crate) fn make(&self, linked: Linked<'_>, wanted: &Nodes, into: &mut Input) -> Result<(), ConversionError> {
        into.unknown.clear();
        into.prints.clear(self.schema.nodes.len());
        let joined = linked.joined();
        let root = ValueSerializer { maker: self, wanted, notes: into, node: Some(0), position: 0, joined };
        let Made { value, print } = linked.resource.serialize(root)?;
        into.value = value;
        into.prints.add(0, 0, print);
        for (path, _) in linked.unknown() {
            into.unknown.insert(self.schema.find(path).unwrap_or(0));
        }
        Ok(())
    }
}

/// What policies see of a resource.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    pub value: Value,
    /// Nodes of the facts that are unknown in it.
    pub unknown: Nodes,
    pub prints: Prints,
}

impl Default for Input {
    fn default() -> Self {
        Self { value: Value::Undefined, unknown: Nodes::default(), prints: Prints::default() }
    }
}

/// A part of the input.
struct Made {
    value: Value,
    print: Print,
}

impl Made {
    fn scalar(kind: u8, bytes: &[u8], value: impl Into<Value>) -> Self {
        Self { value: value.into(), print: Print::of(kind, bytes) }
    }
}

/// Why a resource could not become a value. The model has no such type; serde asks for an error all the same.
#[derive(Debug, thiserror::Error)]
#[error("the resource cannot be given to a policy: {0}")]
pub(crate) struct ConversionError(String);

impl ser::Error for ConversionError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

struct ValueSerializer<'a, 's> {
    maker: &'a InputMaker<'s>,
    wanted: &'a Nodes,
    notes: &'a mut Input,
    /// Where in the schema it is; `None` below a map with names of its own.
    node: Option<usize>,
    /// Where in the lists around it.
    position: u64,
    /// Of the resource itself: what is joined onto it, wherever that is kept.
    joined: Option<&'a Joined>,
}

impl<'a, 's> ValueSerializer<'a, 's> {
    fn list(self, length: Option<usize>) -> ListSerializer<'a, 's> {
        let node = self.node.and_then(|node| self.maker.schema.nodes[node].element);
        ListSerializer {
            maker: self.maker,
            wanted: self.wanted,
            notes: self.notes,
            node,
            position: self.position,
            items: Vec::with_capacity(length.unwrap_or(0)),
            print: Print::of(b'[', &[]),
        }
    }
}

impl<'a, 's> ser::Serializer for ValueSerializer<'a, 's> {
    type Ok = Made;
    type Error = ConversionError;
    type SerializeSeq = ListSerializer<'a, 's>;
    type SerializeTuple = ListSerializer<'a, 's>;
    type SerializeTupleStruct = ListSerializer<'a, 's>;
    type SerializeTupleVariant = ser::Impossible<Made, ConversionError>;
    type SerializeMap = MapSerializer<'a, 's>;
    type SerializeStruct = StructSerializer<'a, 's>;
    type SerializeStructVariant = ser::Impossible<Made, ConversionError>;

    fn serialize_bool(self, value: bool) -> Result<Made, ConversionError> {
        Ok(Made::scalar(b'b', &[value.into()], value))
    }
    fn serialize_i8(self, value: i8) -> Result<Made, ConversionError> {
        self.serialize_i64(value.into())
    }
    fn serialize_i16(self, value: i16) -> Result<Made, ConversionError> {
        self.serialize_i64(value.into())
    }
    fn serialize_i32(self, value: i32) -> Result<Made, ConversionError> {
        self.serialize_i64(value.into())
    }
    fn serialize_i64(self, value: i64) -> Result<Made, ConversionError> {
        Ok(Made::scalar(b'i', &value.to_ne_bytes(), value))
    }
    fn serialize_u8(self, value: u8) -> Result<Made, ConversionError> {
        self.serialize_u64(value.into())
    }
    fn serialize_u16(self, value: u16) -> Result<Made, ConversionError> {
        self.serialize_u64(value.into())
    }
    fn serialize_u32(self, value: u32) -> Result<Made, ConversionError> {
        self.serialize_u64(value.into())
    }
    fn serialize_u64(self, value: u64) -> Result<Made, ConversionError> {
        Ok(Made::scalar(b'u', &value.to_ne_bytes(), value))
    }
    fn serialize_f32(self, value: f32) -> Result<Made, ConversionError> {
        self.serialize_f64(value.into())
    }
    fn serialize_f64(self, value: f64) -> Result<Made, ConversionError> {
        Ok(Made::scalar(b'f', &value.to_ne_bytes(), value))
    }
    fn serialize_char(self, value: char) -> Result<Made, ConversionError> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }
    fn serialize_str(self, value: &str) -> Result<Made, ConversionError> {
        Ok(Made::scalar(b's', value.as_bytes(), value))
    }
    fn serialize_bytes(self, _: &[u8]) -> Result<Made, ConversionError> {
        Err(ConversionError("bytes".to_owned()))
    }
    fn serialize_none(self) -> Result<Made, ConversionError> {
        // No list is something else than one that nobody looked at.
        if let Some(element) = self.node.and_then(|node| self.maker.schema.nodes[node].element) {
            self.notes.prints.add(element, self.position, Print::of(b'n', &[]));
        }
        Ok(Made::scalar(b'n', &[], Value::Null))
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Made, ConversionError> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<Made, ConversionError> {
        Ok(Made::scalar(b'n', &[], Value::Null))
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<Made, ConversionError> {
        Ok(Made::scalar(b'n', &[], Value::Null))
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Made, ConversionError> {
        Ok(Made::scalar(b's', variant.as_bytes(), variant))
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Made, ConversionError> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: &T,
    ) -> Result<Made, ConversionError> {
        Err(ConversionError(format!("variant '{variant}'")))
    }
    fn serialize_seq(self, length: Option<usize>) -> Result<ListSerializer<'a, 's>, ConversionError> {
        Ok(self.list(length))
    }
    fn serialize_tuple(self, length: usize) -> Result<ListSerializer<'a, 's>, ConversionError> {
        Ok(self.list(Some(length)))
    }
    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<ListSerializer<'a, 's>, ConversionError> {
        Ok(self.list(Some(length)))
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, ConversionError> {
        Err(ConversionError(format!("variant '{variant}'")))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<MapSerializer<'a, 's>, ConversionError> {
        Ok(MapSerializer {
            maker: self.maker,
            wanted: self.wanted,
            notes: self.notes,
            key: Made::scalar(b'n', &[], Value::Null),
            print: Print::of(b'{', &[]),
            map: BTreeMap::new(),
        })
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<StructSerializer<'a, 's>, ConversionError> {
        Ok(StructSerializer {
            maker: self.maker,
            wanted: self.wanted,
            notes: self.notes,
            node: self.node,
            position: self.position,
            joined: self.joined,
            print: Print::of(b'{', &[]),
            map: BTreeMap::new(),
        })
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, ConversionError> {
        Err(ConversionError(format!("variant '{variant}'")))
    }
}

/// Longer than any list, so that positions in lists of lists differ.
const LONGEST: u64 = 1 << 32;

struct ListSerializer<'a, 's> {
    maker: &'a InputMaker<'s>,
    wanted: &'a Nodes,
    notes: &'a mut Input,
    node: Option<usize>,
    position: u64,
    items: Vec<Value>,
    print: Print,
}

impl ListSerializer<'_, '_> {
    fn made(self) -> Made {
        if let Some(node) = self.node {
            let length = Print::of(b'l', &self.items.len().to_ne_bytes());
            self.notes.prints.add(node, self.position, length);
        }
        Made { value: Value::from(self.items), print: self.print }
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ConversionError> {
        let Self { maker, wanted, node, .. } = *self;
        let position = self.position.wrapping_mul(LONGEST).wrapping_add(self.items.len() as u64 + 1);
        let item = ValueSerializer { maker, wanted, notes: self.notes, node, position, joined: None };
        let Made { value, print } = value.serialize(item)?;
        self.print = self.print.then(0, print);
        self.items.push(value);
        Ok(())
    }
}

/// Serde asks for a trait for each kind of list, which are all the same here.
macro_rules! lists {
    ($($kind:ident $method:ident)*) => {$(
        impl ser::$kind for ListSerializer<'_, '_> {
            type Ok = Made;
            type Error = ConversionError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ConversionError> {
                self.item(value)
            }
            fn end(self) -> Result<Made, ConversionError> {
                Ok(self.made())
            }
        }
    )*};
}

lists! { SerializeSeq serialize_element SerializeTuple serialize_element SerializeTupleStruct serialize_field }

struct MapSerializer<'a, 's> {
    maker: &'a InputMaker<'s>,
    wanted: &'a Nodes,
    notes: &'a mut Input,
    key: Made,
    print: Print,
    map: BTreeMap<Value, Value>,
}

impl<'a, 's> MapSerializer<'a, 's> {
    fn below(&mut self) -> ValueSerializer<'_, 's> {
        ValueSerializer {
            maker: self.maker,
            wanted: self.wanted,
            notes: self.notes,
            node: None,
            position: 0,
            joined: None,
        }
    }
}

impl ser::SerializeMap for MapSerializer<'_, '_> {
    type Ok = Made;
    type Error = ConversionError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), ConversionError> {
        self.key = key.serialize(self.below())?;
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ConversionError> {
        let Made { value, print } = value.serialize(self.below())?;
        self.print = self.print.then(0, self.key.print).then(1, print);
        self.map.insert(std::mem::replace(&mut self.key.value, Value::Null), value);
        Ok(())
    }
    fn end(self) -> Result<Made, ConversionError> {
        Ok(Made { value: Value::from(self.map), print: self.print })
    }
}

struct StructSerializer<'a, 's> {
    maker: &'a InputMaker<'s>,
    wanted: &'a Nodes,
    notes: &'a mut Input,
    node: Option<usize>,
    position: u64,
    joined: Option<&'a Joined>,
    print: Print,
    map: BTreeMap<Value, Value>,
}

impl StructSerializer<'_, '_> {
    /// It is the field of a resource for what is joined onto it, whether the resource keeps that or not.
    fn is_joined(&self, name: &str) -> bool {
        self.node == Some(0) && name == "joined"
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: Option<&T>) -> Result<(), ConversionError> {
        let Self { maker, wanted, .. } = *self;
        let Some(node) = self.node.and_then(|node| maker.child(node, name)) else { return Ok(()) };
        match value {
            Some(value) if wanted.contains(node) => {
                let notes = &mut *self.notes;
                let below =
                    ValueSerializer { maker, wanted, notes, node: Some(node), position: self.position, joined: None };
                let Made { value, print } = value.serialize(below)?;
                self.notes.prints.add(node, self.position, print);
                self.print = self.print.then(node as u64, print);
                self.map.insert(maker.keys[node].clone(), value);
            }
            None if maker.schema.nodes[node].fact => self.notes.unknown.insert(node),
            _ => {}
        }
        Ok(())
    }
}

impl ser::SerializeStruct for StructSerializer<'_, '_> {
    type Ok = Made;
    type Error = ConversionError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), ConversionError> {
        match self.is_joined(name) {
            true => self.field(name, self.joined),
            false => self.field(name, Some(value)),
        }
    }

    /// Serde leaves out what is unknown, and empty collections that are no facts.
    fn skip_field(&mut self, name: &'static str) -> Result<(), ConversionError> {
        let joined = self.joined.filter(|_| self.is_joined(name));
        self.field(name, joined)
    }

    fn end(self) -> Result<Made, ConversionError> {
        Ok(Made { value: Value::from(self.map), print: self.print })
    }
}

#[cfg(test)]
#[path = "input_tests.rs"]
mod tests;
