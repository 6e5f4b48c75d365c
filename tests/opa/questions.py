"""The questions to OPA: rules of every kind that users write, and every builtin with arguments that tell."""

INPUT = {
    "a": {"b": 1, "c": [1, 2, 3], "t": True, "f": False, "n": None, "s": "text"},
    "l": [5, 1, 5],
    "e": [],
    "o": {"x": 1, "y": {"z": [True, None]}},
    "s": "a.b-c",
    "k": {"one": 1, "five": 5, "yes": True, "no": False, "none": None, "text": "text", "b": "b", "two": 2},
    "q": [{"id": "a", "on": True, "v": 3}, {"id": "b", "on": False}, {"id": "c", "v": 1.5}],
}

DATA = {"conf": {"max": 5, "list": ["a", "b"]}}

HELPERS = """package p

import data.lib
import input.a as aa

add(x, y) := x + y
one(x) := 1 if x > 0
one(x) := 2 if x < 0
is_b("b") := true
is_b("c") := true
first([x, _]) := x
named({"id": x, "on": y}) := [x, y]
out(x) := y if { y := x * 2 }
chain(x) := "big" if x > 10
else := "mid" if x > 5
else := input.missing if x > 3
else := "small"
default never := 7
never := 1 if input.missing
some_on contains e.id if { some e in input.q; e.on }
by_id[e.id] := e if some e in input.q
grouped[k] contains v if { some k, v in input.a; is_number(v) }
grouped[k] contains w if { some k, v in input.a; is_array(v); some w in v }
nest[a][b] := 1 if { some a in ["x", "y"]; some b in ["u", "v"] }
dotted.one := 1
dotted.two := input.missing
dotted.three.four if input.a.t
twice := 1
twice := 1
undefined_rule := input.missing
false_rule := false
null_rule := null
bool_rule if input.a.t
mixed.b contains 1
mixed[k] contains 2 if k := input.a.s
mixed2.b.y := 1
mixed2[k].x := 2 if k := input.a.s
mixed3["b"] := 1
mixed3[k] := 2 if k := input.a.s
f_over(x) := [y | some y in x; y > 1]
"""

LIB = """package lib

on if input.a.t
off if input.a.f
value := input.a.b
double(x) := x * 2
names contains "n"
"""

BODIES = """
input.a.b == 1
input.a.b == 2
input.m
input.a.f
input.a.n
input.a.n == null
input.m == null
not input.m
not input.a.f
not input.a.n
not input.a.t
not input.m == 1
not 1 == input.m
not input.m != 1
not input.m > 1
not input.a.b > 1
not startswith(input.m, "a")
not startswith(input.s, "a")
not one(input.m)
not one(0)
not one(5)
not input.a[input.m]
not [input.m] == [1]
not input.m in [1]
not 1 in input.m
not 1 in input.l
not count(input.m) == 0
not undefined_rule
not undefined_rule == 1
not false_rule
not null_rule
not input.m + 1 == 2
not {input.m}
not object.get(input, "m", input.n) == 1
not -input.m == 1
not input.l[0] == out(input.m)
not lib.on
not lib.off
not data.lib.off
not aa.t
not input.l[_] == 7
not walk(input, [["q"], _])
x := input.m; not x
x := input.a.f; x
x := input.a.f; not x
x := input.a.n; x == null
x = 1; x == 1
1 = x; x == 1
x := 1; x = 2
[x, 2] = [1, y]; x == 1; y == 2
[x, y] := input.l
[x, y, z] := input.l; x == z
[x, x, z] = input.l
[x, y, x] = input.l; y == 1
{"x": x, "y": y} = input.o; x == 1
{"x": x} = input.o
{"x": x, "y": {"z": [a, b]}} := input.o; a; b == null
x > 3; x := input.l[0]
x := 1; x := 1
some x in input.l; some x in input.e
some x; x := 1
x := 1; some x in input.l
[x, x] := [1, 1]
x = 1; x = 1
x := 1; count([x | x := 2]) == 1
y := x + 1; x := 1; y == 2
input.l[i] == 1; i == 1
input.l[i] == 5; i == 2
input.l[_] == 1
input.q[_].on
input.q[i].id == "b"; not input.q[i].on
input.q[i].id == "c"; not input.q[i].on
some i; input.l[i] == 5; i > 0
some i, x in input.l; i == 1; x == 1
some "b" in ["a", "b"]
some x in input.l; x > 4
some x in input.m
some x in input.e
some k, v in input.o; v == 1; k == "x"
some k, 1 in input.o; k == "x"
some [a, b] in [[1, 2], [3, 4]]; a == 3
some {"id": x, "on": false} in input.q; x == "b"
some x in {1, 2}; x == 2
some k, v in {3, 4}; k == v
1 in input.l
7 in input.l
0, 5 in input.l
1, 5 in input.l
"x", 1 in input.o
1 in input.m
"a" in "abc"
every x in input.l { x > 0 }
every x in input.a.n { x > 0 }
every x in input.a.b { x > 0 }
every x in input.a.s { x > 0 }
every _ in input.a.t { true }
not lib.off; every x in input.l { x > 0 }
object.subset(input.a, {"c": [1, 2]})
object.subset(input.a, {"c": [1, 3]})
object.subset(input, {"a": {"b": 1}})
object.subset(input, {"k": {}})
object.subset(input.a, {"b": {}})
count(object.union({"k": 1 | input.a.t}, {x: 1 | some x in input.l})) > 0
object.get(input.a.b, "x", "d") == "d"
count(data.lib) == 9 with data.lib.z as input.a.b
some k, v in data.lib with data.lib.z as input.a.f; v == false
input.o = {"x": 1, "y": _}
count({k: 1 | some k in input.l} | {"b"}) == 2
count({input.a.s: 1, "b": 1}) == 2
count({input.a.s: 1, "b": 2}) == 2
mixed.b == {1}
count(mixed.b) == 1
every v in mixed.b { v == 1 }
not mixed2.b.x
mixed2.b == {"y": 1}
mixed3.b == 1
count(mixed3) == 2
every x in input.l { x > 1 }
every x in input.e { x > 1 }
every x in input.m { x > 1 }
every i, x in input.l { i < 3; x > 0 }
every k, v in input.o { k != "q" }
every e in input.q { e.on }
every e in input.q { e.id }
every x in input.l { y := x + 1; y > 1 }
every x in {1, 2} { x in input.l }
count([x | some x in input.l; x > 1]) == 2
count({x | some x in input.l}) == 2
count([x | x := input.l[_]]) == 3
count([1 | input.m]) == 0
count([input.m | true]) == 0
count([e.on | some e in input.q]) == 2
count({e.v: e.id | some e in input.q}) == 2
{e.id: e.v | some e in input.q} == {"a": 3, "c": 1.5}
{x: 1 | some x in input.l}[5] == 1
{1: x | some x in input.l}
[x | some x in input.l; some y in input.l; y > x] == [1, 1]
{k | some k, _ in input.o} == {"x", "y"}
[y | some x in input.l; y := x * 2] == [10, 2, 10]
x := [i | input.l[i] == 5]; x == [0, 2]
x := {y | y := input.q[_].v; y > 2}; x == {3}
input.a.c == [1, 2, 3]
input.a.c[2] == 3
input.a.c[3]
input.a.c[-1]
input.a.c["0"]
input.a["b"] == 1
input["a"].b == 1
input.s.x
input.a.b.c
{1, 2}[1]
{1, 2}[3]
{"a", "b"}[x]; x == "b"
[1, 2][0] == 1
{"k": 2}.k == 2
{"k": 2}["k"] == 2
add(1, 2) == 3
add(1, 2, 3)
add(1, 2, x); x == 3
add(input.m, 1)
one(5) == 1
one(-5) == 2
one(0) == 0
is_b("b") := true
is_b("x")
not is_b("x")
first([1, 2]) == 1
first([1])
first(input.o)
named({"id": 1, "on": 2}) == [1, 2]
named({"id": 1})
out(4) == 8
chain(11) == "big"
chain(6) == "mid"
chain(4) == "small"
chain(1) == "small"
f_over(input.l) == [5, 5]
f_over(input.m)
lib.double(4) == 8
data.lib.double(4) == 8
lib.value == 1
lib["value"] == 1
data.lib.names.n
"n" in data.lib.names
lib.names[_] == "n"
data.lib[x] == 1; x == "value"
some k, v in data.lib; k == "on"; v
never == 7
"a" in some_on
some_on == {"a"}
some_on.a == "a"
some_on["a"]
some_on[x]; x == "a"
not some_on.b
count(some_on) == 1
by_id.a.v == 3
by_id.b.v
object.keys(by_id) == {"a", "b", "c"}
grouped.b == {1}
grouped.c == {1, 2, 3}
grouped.c[2]
count(grouped) == 2
nest.x.u == 1
nest.x.w
count(nest) == 2
nest[a].v; a == "y"
dotted.one == 1
dotted.two
not dotted.two
dotted.three.four
dotted == {"one": 1, "three": {"four": true}}
count(dotted) == 2
some k, v in dotted; v == 1
twice == 1
undefined_rule
false_rule
false_rule == false
null_rule == null
null_rule
bool_rule
bool_rule == true
aa.b == 1
aa.c[1] == 2
input.a.b == 1 with input.a.b as 2
input.a.b == 2 with input.a.b as 2
lib.value == 9 with input.a.b as 9
lib.value == 9 with input as {"a": {"b": 9}}
lib.value == 9 with data.lib.value as 9
not lib.on with input.a.t as false
bool_rule with input as {"a": {"t": true}}
not bool_rule with input as {}
input.z.z == 1 with input.z.z as 1
lib.value == x with input.a.b as 4; x := 4
data.conf.list == [1] with data.conf.list as [1]
data.conf.max == 5
data.conf.list[_] == "b"
data.conf[x] == 5; x == "max"
1 < 2
2 < 1
"a" < "b"
null < false
false < true
true < 0
1 < "a"
"z" < [1]
[1] < {"a": 1}
{"a": 1} < {1}
[1, 2] < [1, 3]
[1] < [1, 0]
{"a": 1} < {"b": 0}
{1, 2} < {1, 3}
1 == 1.0
1 == "1"
1 != "1"
[1, 2] == [2, 1]
{1, 2} == {2, 1}
{"a": 1} == {"a": 1.0}
1 + 2 == 3
0.1 + 0.2 == 0.3
0.7 + 0.1 >= 0.8
1.1 * 1.1 == 1.21
10 / 4 == 2.5
1 / 3 * 3 == 1
7 % 3 == 1
-7 % 3 == -1
7 % -3 == 1
5.5 % 2 == 1.5
1 / 0 == 1
2 * 3 + 4 == 10
2 + 3 * 4 == 14
(2 + 3) * 4 == 20
10 - 2 - 3 == 5
-input.a.b == -1
1 - -1 == 2
9007199254740993 == 9007199254740992
9007199254740993 + 0 == 9007199254740993
1e3 == 1000
{1, 2} - {2} == {1}
{1, 2} & {2, 3} == {2}
{1} | {2} == {1, 2}
{1, 2} - 1 == {2}
[1] - [1]
"a" + "b" == "ab"
set() == {x | some x in input.e}
{} == {x: 1 | some x in input.e}
{1 | true} == {1}
"x" == `x`
"a\\u0062" == "ab"
`a\\b` == "a\\\\b"
walk(input.o, [["y", "z", 0], v]); v
walk(input.o, [p, v]); v == null; p == ["y", "z", 1]
[p, v] := walk(input.o); p == ["x"]; v == 1
count([p | walk(input.o, [p, _])]) == 6
some [p, v]; walk(input.o, [p, v]); v == 1
count({v | [_, v] := walk({1, {2}})}) == 4
x := walk(input.o)[1]; x == 1
sprintf("%s", ["a"]) == "a"
print("x")
print("x", input.m)
x := print("x")
count(input.l, x); x == 3
count(input.l, 3)
count(input.l, 4)
plus(1, 2) == 3
plus(1, 2, 3)
minus(3, 1) == 2
gt(2, 1)
equal(1, 1)
neq(1, 2)
lte(1, 1)
mul(2, 3) == 6
div(6, 3) == 2
rem(7, 3) == 1
and({1, 2}, {2}) == {2}
or({1}, {2}) == {1, 2}
internal.member_2(1, [1])
input
input.l[input.a.b] == 1
input.l[input.a.b + 1] == 5
input[input.q[0].id].b == 1
input.q[0][input.a.s]
input.q[count(input.q) - 1].id == "c"
x := input.q[_]; x.id == "c"; x.v > 1
x := {"a": input.a.b}; x.a == 1
x := [input.a.b, input.m]
x := {"k": input.m}
x := {input.m}
[1, input.m] == [1, 2]
is_null(input.m)
is_null(input.a.n)
object.get(input, "m", 3) == 3
object.get(input, ["a", "b"], 3) == 1
object.get(input, ["a", "x"], 3) == 3
object.get(input, ["l", 1], 3) == 1
object.get(input.a, "n", 3) == null
some x in input.l; not x == 5
some x in input.l; not x > 0
x := 5; y := [z | some z in input.l; z == x]; count(y) == 2
x := 5; {z | some z in input.l; z < x} == {1}
[x | x := 1; x == 1] == [1]
x := 1; [x | x := 2] == [2]
x := 1; [y | y = x] == [1]
[x | some x in [1, 2]; not x in [2]] == [1]
true
false
null
1
""
[]
"x"
0 == -0
""" 

RULES = [
    ("two values", "r := 1\nr := 2"),
    ("one value twice", "r := 1\nr := 1"),
    ("conflict hidden", "r := x if { some x in [1, 2] }"),
    ("function conflict", "f(x) := 1\nf(x) := 2 if x > 1\nr := f(2)"),
    ("function no conflict", "f(x) := 1\nf(x) := 2 if x > 1\nr := f(1)"),
    ("object conflict", 'o["k"] := x if { some x in [1, 2] }\nr := o'),
    ("object comprehension conflict", "r := {1: x | some x in [1, 2]}"),
    ("default", "default r := 3\nr := 1 if input.m"),
    ("default false", "default r := false\nr if input.m"),
    ("default comprehension", "default r := [x | x := 1]\nr := 1 if input.m"),
    ("else undefined head", 'r := input.m if input.a\nelse := "e"'),
    ("else two undefined", 'r := input.m if input.a\nelse := input.n if input.a\nelse := "e"'),
    ("else chain", 'r := 1 if input.m\nelse := 2 if input.a.f\nelse := 3 if input.a.t\nelse := 4'),
    ("else no value", "r if input.m\nelse := 5 if true"),
    ("else in function", 'f(x) := "a" if x > 1\nelse := "b"\nr := [f(2), f(1)]'),
    ("function default", "default f(_) := 1\nf(x) := 2 if x > 1\nr := [f(0), f(2)]"),
    ("set of undefined heads", 'r contains input.a[k] if some k in ["b", "missing", "t"]'),
    ("set of builtin heads", 'r contains concat(" ", ["tag", input.a[k]]) if some k in ["s", "missing"]'),
    ("set empty", "r contains 1 if input.m"),
    ("set constant", 'r contains "x"'),
    ("object of undefined", 'r[k] := input.a[k] if some k in ["b", "missing"]'),
    ("object constant key", 'r["b"] := 1\nr["c"] := 2'),
    ("object true", "r[k] if some k in [1, 2]"),
    ("object nested contains", 'r.a contains 1\nr.a contains 2\nr.b contains 3'),
    ("object of objects", 'r[a][b] := a if { some a in ["x"]; some b in ["u", "v"] }'),
    ("constant below dynamic", 'r.k := 1\nr[x] := 2 if some x in ["y"]'),
    ("dotted head none", "r.a := 1 if input.m\nr.b := 2 if input.m"),
    ("bracket head", 'r["b"].on := input.a.t'),
    ("body without if value", "r := x if x := 1"),
    ("many bodies", "r if input.m\nr if input.a.t"),
    ("false value", "r := false if true"),
    ("null value", "r := null"),
    ("value from body", "r := y if { some x in input.l; x == 1; y := x + 1 }"),
    ("recursion", "a := b\nb := a\nr := a"),
    ("recursion by function", "f(x) := f(x)\nr := f(1)"),
    ("recursion by data", "a := data.p.b\nb := data.p[\"a\"]\nr := a"),
    ("recursion by package", "r := data.p"),
    ("unsafe", "r if x == 1"),
    ("unsafe head", "r := x"),
    ("unsafe in set", "r contains x if true"),
    ("unsafe negation", "r if not x == 1"),
    ("unknown function", "r := nofunc(1)"),
    ("unknown rule", "r := data.p.nothing"),
    ("arity", "r := count()"),
    ("arity more", "r := count(1, 2, 3)"),
    ("head iterates", "r contains input.l[_]"),
    ("head iterates object", "r[i] := input.l[i]"),
    ("function reads input", "f(x) := x + input.a.b\nr := f(1)"),
    ("function pattern constant", 'f("a") := 1\nf("b") := 2\nr := [f("a"), f("b")]'),
    ("function same argument twice", "f(x, x) := 1\nr := [f(1, 1)]"),
    ("function wildcard", "f(_, y) := y\nr := f(1, 2)"),
    ("function object argument", 'f({"a": x}) := x\nr := f({"a": 1})'),
    ("function array of arrays", "f([[x], y]) := [y, x]\nr := f([[1], 2])"),
    ("function undefined argument", "f(_) := 1\nr := f(input.m)"),
    ("function undefined argument negated", "f(_) := true\nr if not f(input.m)"),
    ("function boolean false", "f(x) := x > 1\nr if not f(1)"),
    ("function returns set", "f(x) := {y | some y in x}\nr := f(input.l)"),
    ("nested comprehension", "r := {x: [y | some y in input.l; y != x] | some x in input.l}"),
    ("closure", "r := [z | some x in input.l; z := {y | some y in input.l; y < x}]"),
    ("every nested", "r if every x in [[1], [2]] { every y in x { y > 0 } }"),
    ("every outer", "r if { m := 3; every x in [1, 2] { x < m } }"),
    ("every over keys", 'r if every k, _ in {"a": 1} { k == "a" }'),
    ("with twice", "v := input.x + input.y\nr := v with input.x as 1 with input.y as 2"),
    ("with then without", "v := input.a.b\nr := [a, b] if { a := v with input.a.b as 9; b := v }"),
    ("with on not", "v if input.a.t\nr if not v with input.a.t as false"),
    ("with on function", "f(x) := x + input.a.b\nr := f(1) with input.a.b as 5"),
    ("with on set rule", "s contains x if some x in input.l\nr := s with input.l as [9]"),
    ("with on every", "v if input.k\nr if { every x in [1] { x == 1 } with input.k as true }"),
    ("with on some in", "r := x if { some x in input.k with input.k as [1] }"),
    ("with of value from body", "v := input.k\nr := y if { x := 3; y := v with input.k as x }"),
    ("with rule to undefined", "v := 1\nr if { not v with data.p.v as false }"),
    ("with whole data", "r := data.conf.max with data.conf as {\"max\": 1}"),
    ("with undefined value", "r := 1 if { true with input.k as input.m }"),
    ("object iteration", "r := [k | some k, _ in input.o]"),
    ("set iteration", 'r := [k | some k in {"b", "a", 3}]'),
    ("reference in call", "r := upper(input.q[1].id)"),
    ("iteration in call", "r := {y | y := upper(input.q[_].id)}"),
    ("two iterations", "r := {[i, j] | input.l[i] == input.l[j]; i < j}"),
    ("shared index", "r := {i | input.l[i]; input.q[i].on}"),
    ("index bound twice", "r if { i := 1; input.l[i] == 1 }"),
    ("index rule", "k := 1\nr := input.l[k]"),
    ("key from set", 's := {"b"}\nr := [v | some k in s; v := input.a[k]]'),
    ("array of undefined", "r := [input.a.b, input.m]"),
    ("string escape", 'r := "a\\"b"'),
    ("raw string", "r := `a\\d`"),
    ("negative number", "r := -3"),
    ("set of sets", "r := {{1}, {1}, {2}}"),
    ("composite key", "r := {[1, 2]: 3}[[1, 2]]"),
    ("set order", 'r := [x | some x in {"b", 1, null, [1], {"a": 1}, true}]'),
    ("print undefined", "r if { print(input.m) }"),
    ("not with import", "r if not input.m > 1"),
    ("import alias shadows nothing", "r := aa.s"),
    ("package rule through data", "v := 4\nr := data.p.v"),
    ("dynamic package", 'v := 4\nr := x if { x := data.lib[k]; k := "value" }'),
    ("dynamic package all", "r := {k | some k; data.lib[k]}"),
    ("chained membership", "r := [1 in input.l, 7 in input.l]"),
    ("comparison in array", "r := [1 == 1, 1 > 2, input.m == 1]"),
    ("comparison as value", "r := input.a.b == 1"),
    ("comparison as false value", "r := input.a.b == 2"),
    ("assign comparison", "r := x if { x := input.a.b > 3 }"),
    ("unify object both sides", 'r := [x, y] if { {"a": x, "b": 2} = {"a": 1, "b": y} }'),
    ("unify nested", "r := [x, y] if { [[x], y] = [[1], 2] }"),
    ("unify with reference", "r := x if { [x, _, _] = input.l }"),
    ("unify undefined", "r := x if { x = input.m }"),
    ("unify rule", "v := [1, 2]\nr := y if { [1, y] = v }"),
    ("object pattern lacks", 'r := x if { {"x": x} = input.o }'),
    ("some declared unused", "r if { some x; x = 1 }"),
    ("some shadows rule", "v := 1\nr := [v | some v in [5]]"),
    ("assign shadows rule", "v := 1\nr := x if { v := 2; x := v }"),
    ("argument shadows rule", "v := 1\nf(v) := v\nr := f(3)"),
    ("rule used as object", "o := {\"k\": 1}\nr := o.k"),
    ("rule used dynamic", "o := {\"k\": 1}\nr := {x | o[x]}"),
    ("set rule member missing", "s contains 1\nr if s[2]"),
    ("numbers keys", "r := {1: \"a\"}[1]"),
    ("numbers keys float", "r := {1: \"a\"}[1.0]"),
    ("object order independent", 'r if {"a": 1, "b": 2} == {"b": 2, "a": 1}'),
]

# Left out, since the engine keeps a number and not the text that it was read from: `json.marshal(1.0)` ("1.0" to OPA),
# `sprintf("%v", [1e6])` ("1e6"), `sprintf("%d", [1e3])` (not a whole number to OPA) and their like; a fraction that is
# part of JSON is an error for that. `json.unmarshal("1e999")` is infinite in the bindings that are asked.
BUILTINS = """
abs(-3) abs(2.5) abs("a") abs(null)
array.concat([1],[2]) array.concat([1],null) array.reverse([1,2]) array.slice([1,2,3],1,2) array.slice([1,2,3],-1,9) array.slice([1,2,3],2,1)
base64.decode("YQ==") base64.decode("?") base64.encode("a") base64.is_valid("YQ==") base64.is_valid("?")
base64url.decode("YQ") base64url.decode("_-8=") base64url.encode("a?>") base64url.encode_no_pad("a")
bits.and(6,3) bits.or(6,3) bits.xor(6,3) bits.lsh(1,4) bits.rsh(16,2) bits.negate(5) bits.lsh(1,-1) bits.and(1.5,1)
ceil(1.2) floor(1.8) round(1.5) round(2.5) round(-1.5)
concat(",",["a","b"]) concat(",",{"b","a"}) concat(",",[1]) concat(",",[]) concat(",",["a",null])
contains("abc","b") contains("abc","") contains("abc","x") contains(1,"a") contains(null,"a")
count("aé😀") count([1,2]) count({"a":1}) count({1}) count(null) count(3) count("")
endswith("abc","c") endswith("abc","") endswith("abc",null) startswith("abc","a") startswith(null,"a")
format_int(10,2) format_int(255,16) format_int(10.7,10) format_int(-5,2) format_int(10,3)
glob.match("*.com",["."],"a.com") glob.match("*.com",["."],"a.b.com") glob.match("**.com",["."],"a.b.com") glob.match("a*",[],"a.b") glob.match("a*",null,"a.b") glob.match("a?c",["."],"abc") glob.match("a?c",["."],"a.c")
glob.match("{a,b}c",["."],"bc") glob.match("[a-c]x",["."],"bx") glob.match("[!a-c]x",["."],"bx") glob.match("a\\\\*",["."],"a*") glob.match("*:b",[":"],"a:b") glob.match("arn:*:key/1",[":"],"arn:aws:kms:key/1") glob.match("",["."],"") glob.match("*",["."],"") glob.match("a*b*c",["."],"axxbyyc") glob.match("{a*,b?}",["."],"axx") glob.match("*",["/"],"a/b") glob.match("**",["/"],"a/b") glob.match("a**b",["/"],"a/x/b") glob.match("api.*.com",["."],"api.test.com") glob.match("x{a,b",["."],"xa") glob.match("[ab",["."],"a") glob.match("*a",["."],"ba\\n") glob.match("a,b",["."],"a,b") glob.match("[^a]b",["."],"cb") glob.match("???",["."],"abc") glob.match("a*",["ab"],"ax")
glob.quote_meta("*.com") glob.quote_meta("a[b]{c}?")
graph.reachable({"a":["b"],"b":["c"],"c":[]},["a"]) graph.reachable({"a":{"b"},"b":[]},{"a"}) graph.reachable({"a":["z"]},["a"]) graph.reachable_paths({"a":["b","c"],"b":[],"c":["b"]},["a"])
hex.decode("6162") hex.decode("zz") hex.encode("ab")
indexof("abcb","b") indexof("abc","x") indexof("éab","a") indexof("a😀b","b") indexof_n("abcb","b") indexof_n("aaa","aa") indexof_n("😀a😀a","a")
intersection({{1,2},{2,3}}) intersection(set()) union({{1},{2}}) union(set())
is_array([1]) is_array("a") is_boolean(true) is_boolean(1) is_null(null) is_null(0) is_number(1) is_number("1") is_object({"a":1}) is_object([1]) is_set({1}) is_set([1]) is_string("a") is_string(null)
json.filter({"a":{"b":1,"c":2}},["a/b"]) json.filter({"a":{"b":1}},[["a","b"]]) json.filter({"a":1},["b"]) json.filter({"a":[1,2]},["a/0"])
json.is_valid("{}") json.is_valid("{") json.is_valid("1 2")
json.marshal({"b":1,"a":[1,null]}) json.marshal("a<b") json.marshal({1,2}) json.marshal(0.1) json.marshal("é😀") json.marshal({1:2})
json.marshal_with_options({"a":1},{"pretty":true}) json.marshal_with_options({"a":1},{"indent":" "})
json.patch({"a":1},[{"op":"add","path":"/b","value":2}]) json.patch({"a":[1]},[{"op":"add","path":"/a/-","value":2}]) json.patch({"a":1},[{"op":"remove","path":"/a"}]) json.patch({"a":1},[{"op":"remove","path":"/x"}]) json.patch({"a":1},[{"op":"replace","path":"a","value":3}]) json.patch({"a":1},[{"op":"test","path":"/a","value":2}]) json.patch({"a":1},[{"op":"move","from":"/a","path":"/b"}]) json.patch({"a":1},[{"op":"copy","from":"/a","path":"/b"}]) json.patch({1},[{"op":"add","path":[2],"value":2}]) json.patch({"a":{}},[{"op":"add","path":["a","b"],"value":1}])
json.remove({"a":{"b":1,"c":2}},["a/b"]) json.remove({"a":1},["x"]) json.remove({"a":[1,2,3]},["a/1"])
json.unmarshal("{\\"a\\":1}") json.unmarshal("x") json.unmarshal("1.0") json.unmarshal("\\"a\\"") json.unmarshal("[1,2]")
lower("AbÉ") upper("aßé") upper(null) lower(1)
max([1,3,2]) max({1,3}) max([]) max(["a",1]) min([1,3,2]) min([]) min({"b","a"}) max([1,"a",null])
net.cidr_contains("10.0.0.0/8","10.1.2.3") net.cidr_contains("10.0.0.0/8","10.1.0.0/16") net.cidr_contains("10.0.0.0/8","11.0.0.0/16") net.cidr_contains("10.0.0.0/16","10.0.0.0/8") net.cidr_contains("x","10.0.0.1") net.cidr_contains("10.0.0.1/8","10.2.0.0") net.cidr_contains("::/0","10.0.0.1") net.cidr_contains("2001:db8::/32","2001:db8::1") net.cidr_contains("10.0.0.0/8",1)
net.cidr_intersects("10.0.0.0/8","10.1.0.0/16") net.cidr_intersects("10.0.0.0/8","11.0.0.0/16") net.cidr_intersects("10.1.0.0/16","10.0.0.0/8") net.cidr_intersects("::/0","10.0.0.0/8") net.cidr_intersects("10.0.0.1","10.0.0.0/8")
net.cidr_expand("10.0.0.0/30") net.cidr_expand("10.0.0.5/30") net.cidr_expand("x") net.cidr_is_valid("10.0.0.0/8") net.cidr_is_valid("10.0.0.0") net.cidr_is_valid("10.0.0.0/33") net.cidr_is_valid("10.0.0.1/8") net.cidr_is_valid("2001:db8::/32")
net.cidr_merge(["10.0.0.0/24","10.0.1.0/24"]) net.cidr_merge({"10.0.0.0/24","10.0.0.0/8"}) net.cidr_merge(["10.0.0.1"]) net.cidr_merge([])
net.cidr_contains_matches("10.0.0.0/8",["10.0.0.1","11.0.0.1"]) net.cidr_contains_matches(["10.0.0.0/8","11.0.0.0/8"],{"a":"11.0.0.1"}) net.cidr_contains_matches({"10.0.0.0/8"},"10.0.0.1")
numbers.range(1,3) numbers.range(3,1) numbers.range(1,1) numbers.range(1.5,2) numbers.range_step(1,7,3) numbers.range_step(7,1,3) numbers.range_step(1,3,0) numbers.range_step(1,3,-1)
object.filter({"a":1,"b":2},["a"]) object.filter({"a":1},{"a":9}) object.filter({"a":1},{"b"}) object.get({"a":{"b":1}},["a","b"],0) object.get({"a":1},"b",0) object.get({"a":1},[],0) object.get({"a":null},"a",0) object.get([1],0,9) object.get({"a":[1,2]},["a",1],9) object.get({1:2},1,9) object.get({"a":1},["a","b"],9)
object.keys({"a":1,"b":2}) object.remove({"a":1,"b":2},["a"]) object.remove({"a":1},{"a"}) object.remove({"a":1},{"a":0}) object.subset({"a":{"b":1,"c":2}},{"a":{"b":1}}) object.subset({"a":1},{"a":2}) object.subset([1,2,3],[2,3]) object.subset([1,2,3],[1,3]) object.subset({1,2},{1}) object.subset([1,2],{1}) object.subset({"a":[1,2]},{"a":[1]})
object.union({"a":1,"b":{"c":1}},{"b":{"d":2}}) object.union({"a":1},{"a":2}) object.union({"a":{"b":1}},{"a":2}) object.union_n([{"a":1},{"b":2},{"a":3}]) object.union_n([])
product([2,3]) product([]) product({2,3}) product(["a"]) sum([1,2]) sum([]) sum({1,2}) sum([0.1,0.2]) sum([1,"a"])
regex.match("^a","abc") regex.match("a$","abc") regex.match("[",  "a") regex.match("(?i)A","a") regex.match("\\\\d+","a1") regex.match("a.c","a\\nc") regex.match("(a)(?=b)","ab") regex.is_valid("[") regex.is_valid("a+") regex.is_valid(1) regex.match("é","é") regex.match("\\\\bfoo\\\\b","a foo b") regex.match("\\\\w","é") regex.match("\\\\pL","é") regex.match("[[:alpha:]]","a") regex.match("\\\\s","\\u00a0") regex.match("\\\\d","٣") regex.match("(?i)ſ","s")
regex.find_n("a.","abacad",2) regex.find_n("a.","abacad",-1) regex.find_n("x","abc",-1) regex.find_n("a*","baac",-1) regex.find_all_string_submatch_n("(a)(.)","abac",-1) regex.find_all_string_submatch_n("a(x)?","ab",-1) regex.find_all_string_submatch_n("a","aaa",2)
regex.replace("a1b2","[0-9]","x") regex.replace("abc","(b)","<$1>") regex.replace("abc","(?P<n>b)","<${n}>") regex.replace("abc","b","$") regex.replace("ab","(a)(b)","$2$1") regex.replace("ab","(a)","$1x") regex.replace("aaa","a*","b")
regex.split(",","a,b,c") regex.split("[,;]","a,b;c") regex.split(",","") regex.split("","abc") regex.split("x","abc") regex.split("a*","baac")
regex.globs_match("a.a.[0-9]+z","b.b.aa") regex.globs_match("a*","b*") regex.globs_match("[a]+","a+") regex.template_match("urn:foo:{.*}","urn:foo:bar","{","}") regex.template_match("a{[0-9]+}b","a12b","{","}") regex.template_match("a{[0-9]+}b","axb","{","}") regex.template_match("a.b","axb","{","}")
replace("aXbX","X","y") replace("abc","","-") replace("abc","x","y") replace(null,"a","b") strings.replace_n({"a":"1","b":"2"},"abc") strings.replace_n({"<":"&lt;","&":"&amp;"},"<&>") strings.replace_n({},"a")
semver.compare("1.2.3","1.2.4") semver.compare("1.2.3","1.2.3-a") semver.compare("1.2","1.2.3") semver.compare("1.10.0","1.9.0") semver.compare("1.0.0+a","1.0.0+b") semver.compare("v1.0.0","1.0.0") semver.is_valid("1.2.3") semver.is_valid("1.2") semver.is_valid("v1.2.3") semver.is_valid(1)
sort([3,1,2]) sort({"b","a"}) sort(["b",1,null,[0],{"a":1},true,{2}]) sort([]) sort("a")
split("a,b",",") split("abc","") split("",",") split("abc","x") split("a😀b","") split("é","") split("a,b,",",")
sprintf("%s",["a"]) sprintf("%d",[3]) sprintf("%v",[{"a":1}]) sprintf("%v",[[1,"a",null]]) sprintf("%s",[3]) sprintf("%d",["a"]) sprintf("%d",[3.5]) sprintf("%d",[3.0]) sprintf("%q",["a\\"b"]) sprintf("%q",[3]) sprintf("%x",[255]) sprintf("%X",[255]) sprintf("%o",[8]) sprintf("%b",[5]) sprintf("%f",[1.5]) sprintf("%.2f",[1.555]) sprintf("%e",[12345.678]) sprintf("%g",[0.00001]) sprintf("%5d|",[3]) sprintf("%-5d|",[3]) sprintf("%05d",[3]) sprintf("%+d",[3]) sprintf("%5s|",["a"]) sprintf("%-5s|",["a"]) sprintf("%.2s",["abc"]) sprintf("%%",[]) sprintf("%s",[]) sprintf("a",[1]) sprintf("%v",[true]) sprintf("%t",[true]) sprintf("%t",[1]) sprintf("%s",[null]) sprintf("%v",[null]) sprintf("%v",[1.5]) sprintf("%v",[{1,2}]) sprintf("%c",[65]) sprintf("%U",[65]) sprintf("%T",["a"]) sprintf("%s %s",["a"]) sprintf("100% of %s",["a"]) sprintf("%[1]s %[1]s",["a"]) sprintf("%*d",[5,3]) sprintf("%#v",["a"]) sprintf("%+v",[3]) sprintf("%v",["a"]) sprintf("%s",[{"a":"b"}]) sprintf("%s",[["a","b"]]) sprintf("%s",[true]) sprintf("%v",[100000000000000000000]) sprintf("%d",[100000000000000000000]) sprintf("%v",[0.1]) sprintf("%v",[123456789.0]) sprintf("%s",["é"]) sprintf("%z",["a"]) sprintf("%",["a"]) sprintf("%v %v",[1,2,3]) sprintf("%s",null) sprintf("%x",["hi"]) sprintf("%08.3f",[3.14159]) sprintf("% d",[3]) sprintf("%d",[-3]) sprintf("%d%%",[5]) sprintf("%v",["a\\nb"]) sprintf("%s",[1.5]) sprintf("%i",[1]) sprintf("%f",[1]) sprintf("%d",[true]) sprintf("%d",[null])
strings.any_prefix_match("abc",["a","x"]) strings.any_prefix_match(["abc","x"],["y"]) strings.any_suffix_match({"abc"},{"c"}) strings.any_prefix_match([],["a"]) strings.count("aaa","a") strings.count("aaa","aa") strings.count("abc","") strings.reverse("aé😀") strings.render_template("{{.a}}",{"a":1})
substring("abcdef",1,3) substring("abcdef",1,-1) substring("abcdef",4,9) substring("abcdef",9,1) substring("abcdef",-1,2) substring("aé😀b",2,1) substring("é😀b",1,1) substring("abc",0,0)
time.add_date(0,1,2,3) time.clock(0) time.clock([0,"Europe/Paris"]) time.date(0) time.date([0,"America/New_York"]) time.diff(0,90061000000000) time.diff(1585852421593912000,1582977600000000000) time.format(0) time.format([0,"UTC","2006-01-02"]) time.format([0,"UTC","RFC1123"]) time.parse_duration_ns("1h30m") time.parse_duration_ns("1d") time.parse_ns("2006-01-02","2024-05-06") time.parse_ns("RFC3339","2024-05-06T01:02:03Z") time.parse_ns("2006-01-02","x") time.parse_rfc3339_ns("2024-05-06T01:02:03Z") time.parse_rfc3339_ns("2024-05-06T01:02:03.5+02:00") time.parse_rfc3339_ns("x") time.weekday(0) time.weekday([0,"Asia/Tokyo"]) time.parse_ns("2006-01-02 15:04:05 MST","2024-05-06 01:02:03 UTC") time.format(1.5) time.parse_rfc3339_ns("2024-05-06") time.parse_ns("Jan 2 2006","May 6 2024") time.parse_ns("2006-01-02T15:04:05","2024-05-06T01:02:03") time.parse_ns("02/01/2006","06/05/2024") time.parse_duration_ns("1.5h") time.parse_duration_ns("-2s") time.parse_duration_ns("") time.add_date(1709164800000000000,1,0,0)
to_number("3") to_number("3.5") to_number("x") to_number(null) to_number(true) to_number(false) to_number("") to_number("0x10") to_number(" 1") to_number("1e3") to_number("1_000") to_number([1]) to_number("Infinity") to_number("+1") to_number(".5") to_number("05")
trim(" a ", " ") trim("xxaxx","x") trim_left("xxa","x") trim_right("axx","x") trim_prefix("abc","a") trim_prefix("abc","b") trim_suffix("abc","c") trim_space(" a\\n") trim("abc","") trim("abcba","ab") trim_space("\\u00a0a")
type_name(1) type_name(null) type_name("a") type_name([1]) type_name({1}) type_name({"a":1}) type_name(true)
units.parse("10K") units.parse("10Ki") units.parse("1.5G") units.parse("100m") units.parse("x") units.parse("10 K") units.parse("\\"10K\\"") units.parse("1e3") units.parse("10k") units.parse("5M") units.parse("10") units.parse("") units.parse_bytes("10KB") units.parse_bytes("10KiB") units.parse_bytes("1.5gb") units.parse_bytes("10") units.parse_bytes("10mb") units.parse_bytes("10MiB") units.parse_bytes("x") units.parse_bytes("10 KB") units.parse_bytes("1.23KB") units.parse_bytes("0.5kib")
urlquery.decode("a%20b") urlquery.decode("%zz") urlquery.encode("a b&c") urlquery.encode("é") urlquery.encode_object({"a":"b c","d":["1","2"]}) urlquery.encode_object({"b":"1","a":"2"}) urlquery.decode_object("a=1&b=2&a=3") urlquery.decode("a+b") urlquery.encode("~-_.*")
uuid.parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8") uuid.parse("x") uuid.parse("00000000-0000-4000-8000-000000000000")
crypto.md5("a") crypto.sha1("a") crypto.sha256("a") crypto.sha256("é") crypto.hmac.sha256("a","k") crypto.hmac.sha512("a","k") crypto.hmac.md5("a","k") crypto.hmac.sha1("a","k") crypto.hmac.equal("a","a") crypto.hmac.equal("a","b") crypto.md5(1)
yaml.is_valid("a: 1") yaml.is_valid("a: [") yaml.marshal({"a":[1,"x"]}) yaml.unmarshal("a: 1\\nb: [x, true, null]") yaml.unmarshal("a: [") yaml.unmarshal("1.5") yaml.unmarshal("on") yaml.unmarshal("a: 2024-01-02") yaml.marshal({"b":1,"a":null}) yaml.unmarshal("a: yes") yaml.unmarshal("- 1\\n- 0x1f") yaml.unmarshal("")
abs(0) abs(-9223372036854775808) abs(-1.5) abs(-100000000000000000000) abs(true)
array.concat([],[]) array.concat([1],{2}) array.reverse([]) array.reverse({1}) array.slice([1,2,3],0,0) array.slice([1,2,3],1.5,2) array.slice([1,2,3],0,-1) array.slice([],0,1) array.slice("abc",0,1) array.slice([1,2,3],5,9) array.flatten([[1],[2]]) array.flatten([1,[2,[3]]])
base64.decode("YQ") base64.decode("") base64.decode("YQ==\\n") base64.decode("Y Q==") base64.decode("_-8=") base64.decode("gA==") base64.decode("YR==") base64.encode("") base64.encode("é") base64.encode(1) base64.is_valid("") base64.is_valid("YQ") base64.is_valid("_-8=") base64.is_valid("YQ==\\n") base64.is_valid("YR==")
base64url.decode("YQ==") base64url.decode("?") base64url.decode("+/8=") base64url.decode("") base64url.decode("YWI_") base64url.encode("é?>") base64url.encode_no_pad("") base64url.encode_no_pad(null)
bits.and(-6,3) bits.or(-6,3) bits.xor(-1,1) bits.lsh(-3,2) bits.rsh(-16,2) bits.rsh(16,-1) bits.negate(-5) bits.negate(0) bits.lsh(1,70) bits.and(1.0,1) bits.lsh(1,1.5) bits.rsh(1,100) bits.and("a",1) bits.negate(1.5) bits.rsh(-1,3) bits.or(18446744073709551616,1) bits.and(18446744073709551617,3) bits.rsh(18446744073709551616,60) bits.negate(18446744073709551616) bits.xor(9223372036854775808,1)
ceil(-1.2) ceil(0) ceil(5) ceil(1e20) floor(-1.8) floor(0) floor(-0.5) round(0.5) round(-0.5) round(-2.5) round(1.4999) round(0.49999999999999994) ceil("a") floor(null) round(9007199254740993) floor(1e300) ceil(0.0001) round(2.675) floor(123456789.987)
concat("",["a","b"]) concat(",",set()) concat(1,["a"]) concat(",","ab") concat("é",["a","b","c"]) concat(",",{"B","a","A"}) concat(",",{"é","z","😀"})
contains("","") contains("","a") contains("é","e") contains("aé😀","😀") contains("a",["a"])
count([]) count({}) count(set()) count(true) count("\\u0301e")
endswith("","") endswith("aé","é") endswith(1,"a") startswith("","") startswith("éa","é") startswith("a","") startswith(["a"],"a") startswith("a",["a"])
format_int(0,2) format_int(-255,16) format_int(1e3,10) format_int(-0.5,10) format_int(-1.5,10) format_int(8,8) format_int("a",10) format_int(100000000000000000000,16) format_int(1.9999,2) format_int(-10.7,10) format_int(15,0) format_int(1e20,10)
glob.match("",[],"") glob.match("","","a") glob.match("a","x","a") glob.match("*",[],"") glob.match("*",null,"a.b") glob.match("**",[],"") glob.match("?",[],"") glob.match("?",["."],"é") glob.match("??",["."],"é") glob.match("*é",["."],"aé") glob.match("[é]",["."],"é") glob.match("{}",["."],"") glob.match("a{}b",["."],"ab") glob.match("{a}",["."],"a") glob.match("{a,}",["."],"") glob.match("{a,}b",["."],"b") glob.match("{{a,b},c}",["."],"b") glob.match("[]a]",["."],"]") glob.match("[",["."],"[") glob.match("[]",["."],"") glob.match("]",["."],"]") glob.match("}",["."],"}") glob.match("a]b",["."],"a]b") glob.match("a}b",["."],"a}b") glob.match(",",["."],",") glob.match("[a-]",["."],"-") glob.match("[-a]",["."],"-") glob.match("[a-cx]",["."],"x") glob.match("[a-c-e]",["."],"-") glob.match("[!]",["."],"a") glob.match("[!ab]",["."],"c") glob.match("[!ab]",["."],".") glob.match("[.]",["."],".") glob.match("[a.]",["."],".") glob.match("[\\\\]]",["."],"]") glob.match("\\\\",["."],"a") glob.match("\\\\a",["."],"a") glob.match("\\\\{a\\\\}",["."],"{a}") glob.match("\\\\[a\\\\]",["."],"[a]") glob.match("a\\\\?",["."],"a?") glob.match("***",["."],"a.b") glob.match("*?",["."],"a") glob.match("?*",["."],"ab") glob.match("*a*",["."],"bab") glob.match("a*.b*",["."],"ax.bx") glob.match("{*.com,*.org}",["."],"a.org") glob.match("{a,b}{c,d}",["."],"ad") glob.match("{a*,b}c",["."],"axc") glob.match("*{a,b}",["."],"xa") glob.match("*{a,b}*",["."],"xay") glob.match("{ab,a}b",["."],"ab") glob.match("{a,ab}c",["."],"abc") glob.match("*ab",["."],"aab") glob.match("a**",["."],"a") glob.match("**a",["."],"a.a") glob.match("*.*",["."],"a.b") glob.match("*.*.*",["."],"a.b.c") glob.match("?.?",["."],"a.b") glob.match("a?b",["."],"a\\nb") glob.match("*",["."],"a\\nb") glob.match("A",["."],"a") glob.match("a.b",["."],"a.b") glob.match("a+b(c)|$^",["."],"a+b(c)|$^") glob.match("*a",["a"],"ba") glob.match("a*b",[".","/"],"a/b") glob.match("a*b",[".","/"],"acb") glob.match("[a-c",["."],"a") glob.match("a{b",["."],"ab") glob.match("{a,b",["."],"a") glob.match("*",[""],"a") glob.match(1,["."],"a") glob.match("a",["."],1) glob.match("a",".","a") glob.match("[z-a]",["."],"b") glob.match("[a-a]",["."],"a") glob.match("[!a-c]",["."],".") glob.match("**.b",["."],".b") glob.match("**.b",["."],"b") glob.match("*.b",["."],".b") glob.match("a.**",["."],"a.") glob.match("{a.*,b}",["."],"a.c") glob.match("{a?,b}",["."],"ab") glob.match("{[ab],c}d",["."],"bd") glob.match("{**,x}y",["."],"a.y") glob.match("[*]",["."],"*") glob.match("[?]",["."],"?") glob.match("[,]",["."],",") glob.match("{[,],a}",["."],",") glob.match("{a\\\\,b,c}",["."],"a,b") glob.match("\\\\*",["."],"a") glob.match("*\\\\*",["."],"a*")
glob.quote_meta("") glob.quote_meta("a*b?c\\\\d[e]f{g}h") glob.quote_meta("é-!,^.") glob.quote_meta(1)
graph.reachable({"a":["b"]},[]) graph.reachable({},["a"]) graph.reachable({"a":["a"]},["a"]) graph.reachable({"a":null},["a"]) graph.reachable({"a":"b","b":[]},["a"]) graph.reachable({"a":["b"],"b":["a"]},["b"]) graph.reachable({1:[2],2:[]},[1]) graph.reachable({"a":["b"]},"a")
graph.reachable_paths({"a":["b"],"b":["a"]},["a"]) graph.reachable_paths({"a":["z"]},["a"]) graph.reachable_paths({"a":[]},["a"]) graph.reachable_paths({"a":["a"]},["a"]) graph.reachable_paths({},["a"]) graph.reachable_paths({"a":null},["a"]) graph.reachable_paths({"a":["b",""],"b":[]},["a"]) graph.reachable_paths({"a":{"b","c"},"b":["c"],"c":["a"]},{"a"})
hex.decode("") hex.decode("6") hex.decode("C3A9") hex.decode("c3a9") hex.decode("ff") hex.decode("6G") hex.encode("é") hex.encode("") hex.encode(1)
indexof("","") indexof("abc","") indexof("","a") indexof("aé😀b","😀") indexof("éab","b") indexof(1,"a") indexof("abc",null) indexof_n("abc","") indexof_n("aaaa","aa") indexof_n("abc","x") indexof_n("éaé","é") indexof_n("","a") indexof_n("","")
intersection({{1}}) intersection({{1,2},{3}}) intersection({1}) intersection([{1}]) union({{1}}) union({{1,2},set()}) union([{1}]) union({1})
is_array(null) is_boolean(null) is_null(false) is_number(1.5) is_object(set()) is_set({}) is_string("")
json.filter({"a":{"b":1,"c":2},"d":3},["a"]) json.filter({"a":{"b":1,"c":2}},["a/b","a"]) json.filter({"a":1},[]) json.filter({"a":[{"b":1,"c":2},{"b":3}]},["a/0/b","a/1/b"]) json.filter({"a":[1,2,3]},["a/2","a/0"]) json.filter({"a":[1]},["a/5"]) json.filter({"a/b":1},["a~1b"]) json.filter({"a":{"b":1}},{"a/b"}) json.filter({"a":{"b":1}},["/a/b"]) json.filter({"a":1},["a/b"]) json.filter({"a":{1:2}},[["a",1]]) json.filter({"a":{1,2}},["a/1"]) json.filter({"":1},[""]) json.filter({"a":[1,2]},[["a",0]]) json.filter({"a":null},["a"]) json.filter([1],["0"]) json.filter({"a":1},[1]) json.filter({"a":[0,1,2,3,4,5,6,7,8,9,10]},["a/10","a/9"]) json.filter({"a":[1,2]},["a/00"]) json.filter({"a":[1,2]},["a/x"]) json.filter({"m~n":1},["m~0n"])
json.is_valid("") json.is_valid("null") json.is_valid(" 1 ") json.is_valid("01") json.is_valid("1.") json.is_valid("nan") json.is_valid("'a'") json.is_valid("[1,]") json.is_valid("\\"\\\\ud800\\"") json.is_valid("{\\"a\\":1,\\"a\\":2}") json.is_valid("\\u00a01") json.is_valid("1e999") json.is_valid("-") json.is_valid("-0") json.is_valid("\\"a\\nb\\"")
json.marshal("") json.marshal(null) json.marshal(true) json.marshal([]) json.marshal({}) json.marshal(set()) json.marshal("<>&'\\"\\\\/") json.marshal("\\u0000\\u001f\\u007f\\u2028\\u2029") json.marshal("\\b\\f\\n\\r\\t") json.marshal([1,[2,{"a":{3}}]]) json.marshal({"é":1,"z":2,"a":3}) json.marshal({true:1}) json.marshal({null:1}) json.marshal({[1]:2}) json.marshal({"a":1.5,"b":-3}) json.marshal(123456789012345678901234567890) json.marshal(9007199254740993) json.marshal(1.5e-7) json.marshal(0.000001) json.marshal(123456.789) json.marshal(-0.5) json.marshal({"b","a",1,[2]}) json.marshal("😀") json.marshal({{"a"}:1}) json.marshal({1.5:2}) json.marshal(100) json.marshal({1:1,"1":2})
json.marshal_with_options({"a":[1,2]},{"pretty":true,"indent":"  "}) json.marshal_with_options({"a":1},{}) json.marshal_with_options({"a":1},{"pretty":false}) json.marshal_with_options({"a":1},{"prefix":">"}) json.marshal_with_options({"a":{"b":[]},"c":{}},{"pretty":true}) json.marshal_with_options({"a":"<"},{"pretty":true}) json.marshal_with_options({"a":1},{"x":1}) json.marshal_with_options([],{"pretty":true}) json.marshal_with_options({"a":1},{"pretty":1})
json.patch({"a":1},[]) json.patch({"a":1},[{"op":"add","path":"","value":2}]) json.patch({"a":[1,2,3]},[{"op":"add","path":"/a/1","value":9}]) json.patch({"a":[1,2,3]},[{"op":"remove","path":"/a/1"}]) json.patch({"a":[1]},[{"op":"add","path":"/a/5","value":9}]) json.patch({"a":[1]},[{"op":"replace","path":"/a/-","value":9}]) json.patch({"a/b":1},[{"op":"replace","path":"/a~1b","value":2}]) json.patch({"a":1},[{"op":"test","path":"/a","value":1}]) json.patch({"a":1},[{"op":"add","path":"/b/c","value":2}]) json.patch({"a":1},[{"op":"nope","path":"/a"}]) json.patch({"a":1},[{"op":"add","path":"/a"}]) json.patch({"a":1},[{"path":"/a","value":1}]) json.patch([1,2],[{"op":"remove","path":"/0"}]) json.patch({"a":1},[{"op":"move","from":"/x","path":"/b"}]) json.patch({"a":{"b":1}},[{"op":"move","from":"/a","path":"/a/c"}]) json.patch({"a":1},[{"op":"replace","path":"/x","value":3}]) json.patch({"a":{1,2}},[{"op":"remove","path":["a",1]}]) json.patch("x",[{"op":"replace","path":"","value":3}]) json.patch({"a":1},[{"op":"remove","path":""}]) json.patch({"a":1},{}) json.patch({"a":[1]},[{"op":"remove","path":"/a/01"}]) json.patch({"a":[1,2]},[{"op":"copy","from":"/a/0","path":"/a/-"}]) json.patch({"a":null},[{"op":"add","path":"a/b","value":1}]) json.patch({"a":[1]},[{"op":"remove","path":"/a/-1"}]) json.patch({"":1},[{"op":"remove","path":"/"}]) json.patch({"a":{"":1}},[{"op":"remove","path":"a/"}])
json.remove({"a":{"b":1}},["a/b"]) json.remove({"a":1,"b":2},["a","b"]) json.remove({"a":1},[]) json.remove({"a":[{"b":1,"c":2}]},["a/0/b"]) json.remove({"a":{"b":1}},[["a","b"]]) json.remove({"a":{"b":1}},["a/x"]) json.remove({"a":1},["a/b"]) json.remove({"a":{"b":1,"c":2}},["a","a/b"]) json.remove({"a/b":1},["a~1b"]) json.remove({"a":{"b":1}},{"a/b"}) json.remove({"a":{1,2}},["a/1"]) json.remove({"a":[1,2]},[["a",0]]) json.remove({"a":{"b":1}},["/a/b"]) json.remove({"a":{1:2}},[["a",1]]) json.remove([1],["0"]) json.remove({"":1},[""])
json.unmarshal("") json.unmarshal("null") json.unmarshal("1 2") json.unmarshal("[1,]") json.unmarshal("\\"\\\\u00e9\\"") json.unmarshal("\\"\\\\ud83d\\\\ude00\\"") json.unmarshal("\\"\\\\ud800\\"") json.unmarshal("{\\"a\\":1,\\"a\\":2}") json.unmarshal(" {} ") json.unmarshal("1e3") json.unmarshal("123456789012345678901234567890") json.unmarshal("-0") json.unmarshal("0.1") json.unmarshal(1) json.unmarshal("[[[]]]") json.unmarshal("true") json.unmarshal("tru") json.unmarshal("\\"a\\nb\\"")
lower("") lower("İ") lower("ΑΣ") lower("ẞ") lower("Ⅷ") lower("K") lower("Ǆ") lower("ǅ") upper("") upper("ŉ") upper("ǰ") upper("ﬁ") upper("ΐ") upper("և") upper("ǆ") upper("ǅ") upper("ı") upper("ſ") upper("ÿ") upper("µ") upper("ᾀᾇᾐᾗᾠᾧᾳῃῳ") upper("ᾈᾘᾨᾼῌῼ") upper("ὐᾲᾴᾶᾷῂῄῆῇῒῖῢῤῦῲῴῶῷ") upper("ა") lower("Ა") lower("ა") upper("ɤ") upper("ƛ") lower("Ɤ") upper("ꭰ") lower("Ꭰ") upper("ᏸ") upper("i") lower("I")
max([[1],[0,9]]) max({"a","b"}) max([null,false]) max([{"a":1},[9]]) max([{1},{"a":1}]) min([{1},{"a":1}]) min(["a",1,null]) min({1.5,1}) max([1,1.0]) max("abc") min(null) max([true,false]) max([{"a":2,"b":1},{"a":1,"c":0}]) max([{1,2},{3}]) max([[],[1]]) max([{},{"a":1}]) max(["é","z"]) max([0.1,0.10001]) min([{"a":1},{"a":1,"b":0}]) max([{"b":1},{"a":1,"c":1}])
net.cidr_contains("10.0.0.0/8","10.0.0.0/8") net.cidr_contains("10.0.0.0","10.0.0.0") net.cidr_contains("10.0.0.0/33","10.0.0.0") net.cidr_contains("0.0.0.0/0","1.2.3.4") net.cidr_contains("0.0.0.0/0","::1") net.cidr_contains("::/0","::1") net.cidr_contains("::ffff:10.0.0.0/104","10.0.0.1") net.cidr_contains("10.0.0.0/8","::ffff:10.0.0.1") net.cidr_contains("10.0.0.0/8","10.0.0.1/33") net.cidr_contains("10.0.0.0/8","") net.cidr_contains("10.0.0.0/8","010.0.0.1") net.cidr_contains("10.0.0.0/08","10.0.0.1") net.cidr_contains("10.0.0.0/8"," 10.0.0.1") net.cidr_contains("10.0.0.0/24","10.0.0.128/25") net.cidr_contains("10.0.0.0/24","10.0.0.5/16") net.cidr_contains("2001:db8::/32","2001:db9::/32") net.cidr_contains("2001:DB8::/32","2001:db8::1") net.cidr_contains("fe80::/10","fe80::1%eth0") net.cidr_contains(1,"10.0.0.1") net.cidr_contains("10.0.0.0/8","10.0.0.0/0") net.cidr_contains("10.0.0.0/-1","10.0.0.0") net.cidr_contains("10.0.0/8","10.0.0.1") net.cidr_contains("10.0.0.0/+8","10.0.0.1")
net.cidr_intersects("x","10.0.0.0/8") net.cidr_intersects("10.0.0.0/8","x") net.cidr_intersects("0.0.0.0/0","10.0.0.0/8") net.cidr_intersects("10.0.0.5/24","10.0.0.99/25") net.cidr_intersects("2001:db8::/32","2001:db8:1::/48") net.cidr_intersects("2001:db8::/32","2001:db9::/32") net.cidr_intersects(1,"10.0.0.0/8") net.cidr_intersects("::ffff:10.0.0.0/104","10.0.0.0/8") net.cidr_intersects("::ffff:0:0/96","10.0.0.0/8") net.cidr_intersects("10.0.0.0/8","::/0") net.cidr_intersects("10.0.0.0/32","10.0.0.0/32") net.cidr_intersects("10.0.0.0/8","10.0.0.1") net.cidr_intersects("","")
net.cidr_expand("10.0.0.1/32") net.cidr_expand("10.0.0.0/31") net.cidr_expand("2001:db8::/126") net.cidr_expand("255.255.255.254/31") net.cidr_expand("10.0.0.0") net.cidr_expand(1) net.cidr_expand("::ffff:10.0.0.0/126") net.cidr_expand("0.0.0.0/30") net.cidr_expand("2001:DB8:0:0::F/128") net.cidr_expand("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127") net.cidr_expand("::/127")
net.cidr_is_valid("") net.cidr_is_valid("x") net.cidr_is_valid("::/0") net.cidr_is_valid("::/129") net.cidr_is_valid("10.0.0.0/") net.cidr_is_valid("10.0.0.0/08") net.cidr_is_valid("010.0.0.0/8") net.cidr_is_valid("::ffff:1.2.3.4/100") net.cidr_is_valid("fe80::1%eth0/64") net.cidr_is_valid(1) net.cidr_is_valid("1.2.3/8") net.cidr_is_valid("10.0.0.0/-1") net.cidr_is_valid("10.0.0.0/+8") net.cidr_is_valid(" 10.0.0.0/8") net.cidr_is_valid("10.0.0.0/8 ") net.cidr_is_valid("::1.2.3.4/128") net.cidr_is_valid("1:2:3:4:5:6:7:8/64") net.cidr_is_valid("1:2:3:4:5:6:7:8:9/64") net.cidr_is_valid("10.0.0.0/32") net.cidr_is_valid("0.0.0.0/0") net.cidr_is_valid("10.0.0.0/008") net.cidr_is_valid("12345::/16") net.cidr_is_valid("256.0.0.0/8")
net.cidr_merge(["10.0.0.0/24","10.0.2.0/24"]) net.cidr_merge(["10.0.0.0/8","10.1.0.0/16"]) net.cidr_merge(["10.0.1.0/24","10.0.0.0/24","10.0.2.0/23"]) net.cidr_merge(["10.0.1.0/24","10.0.2.0/24"]) net.cidr_merge(["10.0.0.5/24"]) net.cidr_merge(["10.0.0.0/24","2001:db8::/32"]) net.cidr_merge(["2001:db8::/33","2001:db8:8000::/33"]) net.cidr_merge(["10.0.0.1","10.0.0.0"]) net.cidr_merge(["x"]) net.cidr_merge([1]) net.cidr_merge("10.0.0.0/8") net.cidr_merge(["192.168.1.1"]) net.cidr_merge(["172.16.0.1"]) net.cidr_merge(["2001:db8::1"]) net.cidr_merge(["0.0.0.0/1","128.0.0.0/1"]) net.cidr_merge(["192.0.128.0/24","192.0.129.0/24"]) net.cidr_merge(["10.0.0.0/24","10.0.0.0/24"]) net.cidr_merge({"10.0.0.0/25","10.0.0.128/25","10.0.1.0/24"}) net.cidr_merge(["::/0","10.0.0.0/8"]) net.cidr_merge(["11.0.0.0/8","10.0.0.0/8"]) net.cidr_merge(["12.0.0.0/8","11.0.0.0/8"]) net.cidr_merge(["10.0.0.1/32","10.0.0.2/32","10.0.0.3/32"]) net.cidr_merge(["10.0.0.0/31","10.0.0.2/31","10.0.0.4/31"]) net.cidr_merge(["20.0.0.0/8","10.0.0.0/8"]) net.cidr_merge(["fe80::/10","10.0.0.0/8","::1/128"]) net.cidr_merge(["::ffff:10.0.0.0/104","11.0.0.0/8"])
net.cidr_contains_matches([],[]) net.cidr_contains_matches("10.0.0.0/8","10.0.0.1") net.cidr_contains_matches("10.0.0.0/8","11.0.0.1") net.cidr_contains_matches([["10.0.0.0/8","x"]],"10.0.0.1") net.cidr_contains_matches({["10.0.0.0/8","x"]},{["10.0.0.1",7]}) net.cidr_contains_matches(["10.0.0.0/8","10.1.0.0/16"],["10.1.2.3","10.2.0.0/16"]) net.cidr_contains_matches("x","10.0.0.1") net.cidr_contains_matches(1,"10.0.0.1") net.cidr_contains_matches({"k":"10.0.0.0/8"},{"m":["10.0.0.1","y"]}) net.cidr_contains_matches("10.0.0.0/8",[1]) net.cidr_contains_matches("10.0.0.0/8",[[]]) net.cidr_contains_matches("10.0.0.0/8","10.0.0.0/8") net.cidr_contains_matches(set(),"x") net.cidr_contains_matches("10.0.0.0/8",["x"]) net.cidr_contains_matches("10.0.0.0/8",null)
numbers.range(-2,2) numbers.range(2,-2) numbers.range("a",1) numbers.range(1,2.5) numbers.range(0,0) numbers.range(1.0,3) numbers.range(9223372036854775806,9223372036854775808) numbers.range_step(0,10,5) numbers.range_step(1,2,10) numbers.range_step(10,0,3) numbers.range_step(1,3,1.5) numbers.range_step(1,1,1) numbers.range_step("a",1,1) numbers.range_step(-5,5,4) numbers.range_step(5,-5,4)
object.filter({},[]) object.filter({"a":1},[]) object.filter({1:2},[1]) object.filter({"a":1},"a") object.filter([1],[0]) object.filter({"a":1,"b":2},{"b","c"})
object.get({},"a",{"x":1}) object.get({"a":false},"a",1) object.get({"a":{"b":null}},["a","b"],1) object.get({"a":[{"b":2}]},["a",0,"b"],1) object.get({"a":{1,2}},["a",1],9) object.get({"a":{1,2}},["a",3],9) object.get({["a"]:5},["a"],0) object.get({"a":"xyz"},["a",0],9) object.get("a","b",0) object.get({"a":[1]},["a",5],9) object.get({"a":[1]},["a",-1],9) object.get({"a":[1]},["a","0"],9) object.get({"a":1},null,9) object.get({null:1},null,9)
object.keys({}) object.keys({1:2,"a":3}) object.keys([1]) object.remove({"a":1},[]) object.remove({"a":1},["b"]) object.remove({1:2},{1}) object.remove({"a":1},"a") object.remove([1],[0]) object.remove({"a":{"b":1}},{"a":{"b":1}})
object.subset({},{}) object.subset([],[]) object.subset([1],[]) object.subset({1},set()) object.subset({"a":1},{}) object.subset({"a":{"b":1}},{"a":{}}) object.subset({"a":{1,2}},{"a":{1}}) object.subset([1,2,1,3],[1,3]) object.subset([[1,2]],[[1]]) object.subset({"a":[{"b":1,"c":2}]},{"a":[{"b":1}]}) object.subset(1,1) object.subset({1,2},[1]) object.subset("a","a") object.subset({"a":1},[1]) object.subset([1,2],{1,3}) object.subset([1,2],set()) object.subset({{1,2}},{{1}}) object.subset({"a":[1,2,3]},{"a":[2,3]}) object.subset({"a":[1,2,3]},{"a":{1}}) object.subset([{"a":1,"b":2}],[{"a":1}]) object.subset([{"a":1,"b":2}],{{"a":1}}) object.subset({"a":null},{"a":null})
object.union({},{}) object.union({"a":1},{}) object.union({"a":{"b":{"c":1}}},{"a":{"b":{"d":2}}}) object.union({"a":1},[1]) object.union({"a":[1]},{"a":[2]}) object.union({"a":{"b":1}},{"a":null}) object.union_n([{"a":{"b":1}},{"a":{"c":2}},{"a":3},{"a":{"d":4}}]) object.union_n([1]) object.union_n({"a":1}) object.union_n([{"a":1}])
product([0.1,3]) product([1.1,1.1]) product([-1,2]) product(set()) product("a") product([null]) product([1e10,1e10]) product([9007199254740993,3]) product({"a"}) sum([1.1,2.2]) sum({0.1,0.2,0.3}) sum([-1,1]) sum("a") sum([null]) sum([9007199254740993,1]) sum([1e20,1]) sum([0.1,0.1,0.1]) sum(set()) sum([18446744073709551615,1]) sum([1.5,1.5]) product([0.5,2]) sum([1e-7,1]) product([99999999999,99999999999]) sum([0.5]) sum([1e300,1e300])
replace("","","x") replace("aaa","aa","b") replace("é","é","e") replace("a","a","") replace("abc","b",null) replace("😀a","","-") replace("abab","ab","a")
semver.compare("1.0.0-alpha","1.0.0-alpha.1") semver.compare("1.0.0-alpha.1","1.0.0-alpha.beta") semver.compare("1.0.0-1","1.0.0-a") semver.compare("1.0.0-2","1.0.0-10") semver.compare("1.0.0","1.0.0") semver.compare("v1.2.3","v1.2.4") semver.compare("","1.0.0") semver.compare("1.0.0","x") semver.compare(1,"1.0.0") semver.compare("01.0.0","1.0.0") semver.compare("1.0.0-01","1.0.0") semver.compare("99999999999999999999.0.0","1.0.0") semver.compare("1.0.0+b","1.0.0-a") semver.compare(" 1.0.0","1.0.0") semver.compare("V1.0.0","1.0.0") semver.compare("vv1.0.0","1.0.0") semver.compare("1.0.0-rc.1","1.0.0-rc.1+x") semver.compare("-1.0.0","1.0.0") semver.compare("1.0.0.0","1.0.0") semver.compare("1.0.0-","1.0.0") semver.compare("1.0.0+","1.0.0")
semver.is_valid("") semver.is_valid("v1") semver.is_valid("1.2.3-a.b+c") semver.is_valid("01.2.3") semver.is_valid("1.2.3-01") semver.is_valid("1.2.3-") semver.is_valid("1.2.3+") semver.is_valid("1.2.3-a_b") semver.is_valid("1.2.3 ") semver.is_valid("-1.2.3") semver.is_valid("1.2.-3") semver.is_valid("1.2.3-é") semver.is_valid("vv1.2.3") semver.is_valid("V1.2.3") semver.is_valid("1.2.3.4") semver.is_valid("99999999999999999999.0.0") semver.is_valid("9223372036854775808.0.0") semver.is_valid("9223372036854775807.0.0") semver.is_valid("+1.2.3") semver.is_valid("1.2.3-a..b") semver.is_valid("1.2.3+a..b") semver.is_valid("1.2.3+01") semver.is_valid("1.2.3-0") semver.is_valid("1.2.3--") semver.is_valid(null)
sort([1,1.0,1]) sort([[2],[1,5],[]]) sort([{"b":1},{"a":2},{"a":1,"b":1}]) sort([{"a":2,"b":1},{"a":1,"c":0}]) sort([{3},{1,2},set(),{1}]) sort({3,"a",null}) sort(null) sort({"a":1}) sort(["é","z","e","Z"]) sort([false,true,null]) sort([0.1,-1,0]) sort([{},[],set(),"",0,false,null]) sort([{{1}},{{"a":1}},{[1]}]) sort([[{1}],[{"a":1}]]) sort([{"a":{1}},{"a":{"b":1}}]) sort([9007199254740993,9007199254740992.0])
split("","") split("abc","b") split("aXXb","XX") split("aaa","aa") split("é,😀",",") split(1,",") split("a",null) split("abc","abc") split(",",",")
strings.any_prefix_match("","") strings.any_prefix_match("a","") strings.any_prefix_match(["b","ab"],"a") strings.any_prefix_match("a",[]) strings.any_prefix_match(1,"a") strings.any_prefix_match("a",[1]) strings.any_suffix_match("abc","bc") strings.any_suffix_match(["x"],["y","x"]) strings.any_suffix_match([],[]) strings.any_prefix_match(set(),"a") strings.any_prefix_match({"é"},"é")
strings.count("","") strings.count("","a") strings.count("é","") strings.count("aéaé","é") strings.count("aaaa","aa") strings.count("abab","ab") strings.count(1,"a") strings.count("a",null) strings.count("😀😀","")
strings.replace_n({"a":"b","b":"c"},"ab") strings.replace_n({"a":"x","ab":"y"},"abab") strings.replace_n({"ab":"y","a":"x","b":"z"},"abb") strings.replace_n({"":"x"},"ab") strings.replace_n({"a":1},"a") strings.replace_n({1:"a"},"a") strings.replace_n({"a":""},"banana") strings.replace_n({"é":"e"},"éa") strings.replace_n({},"") strings.replace_n([],"a") strings.replace_n({"a":"aa"},"aaa") strings.replace_n({"":"x","a":"y"},"ab") strings.replace_n({"b":"1","a":"2","c":"3"},"cab")
strings.reverse("") strings.reverse("e\\u0301") strings.reverse(1) strings.reverse("abc") strings.reverse("👨‍👩")
substring("",0,1) substring("abc",3,1) substring("abc",1,0) substring("aé😀b",1,-1) substring("abc",1.5,1) substring("abc",0,1.5) substring("abc",-1,1) substring("abc","0",1) substring(1,0,1) substring("abc",0,-5) substring("abc",2,100) substring("é",0,1) substring("abc",1,9223372036854775807) substring("aé",5,1) substring("",0,-1) substring("",1,1) substring("abc",1.0,1)
to_number("-") to_number("-1") to_number("1e") to_number("1.") to_number("1e-3") to_number("-.5") to_number("1.5.5") to_number("NaN") to_number("inf") to_number("-Infinity") to_number("0b1") to_number("0o7") to_number("1 ") to_number("\\n1") to_number("1e400") to_number("-0") to_number("00") to_number("100000000000000000000") to_number("9007199254740993") to_number("1E3") to_number("١") to_number({}) to_number("0x1p-2") to_number("3.0") to_number("+1.5") to_number("-05") to_number("1e+3") to_number("infinity") to_number("nan") to_number(5) to_number(1.5) to_number("1e-400") to_number("0_1") to_number(".") to_number("5.") to_number("1.2e3") to_number("-1.5e-3")
trim("","") trim("a","") trim("ééaé","é") trim("  a  "," ") trim("abc","abc") trim("a😀","😀") trim(1,"a") trim("a",null) trim("[a]","[]") trim("a-b","a-b") trim_left("  a "," ") trim_left("","x") trim_left("abcab","ab") trim_right("abcab","ab") trim_right("a","") trim_left("éa","é") trim_prefix("","") trim_prefix("aab","a") trim_prefix("a","") trim_prefix("éa","é") trim_suffix("abb","b") trim_suffix("a","a") trim_suffix("a","") trim_suffix(1,"a") trim_space("") trim_space("\\u3000a\\u2003") trim_space("\\u200ba") trim_space("\\u0085a") trim_space("\\t\\n\\u000b\\f\\r a") trim_space("\\ufeffa") trim_space(1) trim_space("\\u180ea") trim_space("\\u001ca") trim_space("\\u1680a")
type_name(set()) type_name({}) type_name([]) type_name("") type_name(1.5)
units.parse("0") units.parse("-1") units.parse("-1K") units.parse("1.5K") units.parse("1.5Ki") units.parse("0.1") units.parse("1E") units.parse("1Ei") units.parse("1Ti") units.parse("1T") units.parse("1P") units.parse("1Pi") units.parse("1Gi") units.parse("1Mi") units.parse("1m") units.parse("1M") units.parse("0.5m") units.parse("1500m") units.parse("1KK") units.parse("K") units.parse(".5") units.parse("1.") units.parse("+1") units.parse("1e3K") units.parse("1E3") units.parse("1ki") units.parse("1KI") units.parse("1g") units.parse("1G ") units.parse(" 1G") units.parse("1u") units.parse("1n") units.parse("1KB") units.parse("1.1.1") units.parse(1) units.parse("'1K'") units.parse("\\"\\"") units.parse("1\\"K") units.parse("1.23456789") units.parse("100000000000000000000") units.parse("0.1K") units.parse("0.3M") units.parse("é") units.parse("1é") units.parse("1e") units.parse("1t") units.parse("1p") units.parse("1x")
units.parse_bytes("0") units.parse_bytes("-1") units.parse_bytes("-1kb") units.parse_bytes("1k") units.parse_bytes("1K") units.parse_bytes("1Ki") units.parse_bytes("1m") units.parse_bytes("1mi") units.parse_bytes("1M") units.parse_bytes("1g") units.parse_bytes("1gib") units.parse_bytes("1t") units.parse_bytes("1tb") units.parse_bytes("1tib") units.parse_bytes("1p") units.parse_bytes("1pb") units.parse_bytes("1pib") units.parse_bytes("1e") units.parse_bytes("1eb") units.parse_bytes("1eib") units.parse_bytes("1e3") units.parse_bytes("1e3kb") units.parse_bytes("1.5") units.parse_bytes("0.1kb") units.parse_bytes("1.0001kb") units.parse_bytes("1b") units.parse_bytes("1B") units.parse_bytes("") units.parse_bytes("kb") units.parse_bytes(".5kb") units.parse_bytes("1.kb") units.parse_bytes("\\"10kb\\"") units.parse_bytes("10\\"kb\\"") units.parse_bytes("1kbb") units.parse_bytes(1) units.parse_bytes("1é") units.parse_bytes("+1kb") units.parse_bytes(" 1kb") units.parse_bytes("1.5.5kb") units.parse_bytes("0.5") units.parse_bytes("2.5kb") units.parse_bytes("1.999") units.parse_bytes("1zb") units.parse_bytes("1kIb") units.parse_bytes("10000000000000gb") units.parse_bytes("1.23456789gb") units.parse_bytes("0.001kb")
urlquery.decode("") urlquery.decode("%") urlquery.decode("%2") urlquery.decode("%C3%A9") urlquery.decode("%ff") urlquery.decode("a%2Bb+c") urlquery.decode("é") urlquery.decode(1) urlquery.decode("a=b&c") urlquery.decode("%c3%a9") urlquery.decode("a b") urlquery.decode("%0a")
urlquery.encode("") urlquery.encode("a/b?c=d&e") urlquery.encode("😀") urlquery.encode("!'()") urlquery.encode("azAZ09") urlquery.encode("+%") urlquery.encode("\\"<>\\\\^`{|}") urlquery.encode("@:$,;=[]#") urlquery.encode("\\n\\t\\u0000\\u007f") urlquery.encode(1)
urlquery.encode_object({}) urlquery.encode_object({"a":"é ~"}) urlquery.encode_object({"a":["2","1"]}) urlquery.encode_object({"a":{"2","1"}}) urlquery.encode_object({"a":[]}) urlquery.encode_object({"a":1}) urlquery.encode_object({"a b":"c&d"}) urlquery.encode_object({"a":[1]}) urlquery.encode_object({"":""}) urlquery.encode_object({"b":"1","a":["x","y"],"é":"z"}) urlquery.encode_object({"Z":"1","a":"2"}) urlquery.encode_object([])
urlquery.decode_object("") urlquery.decode_object("a") urlquery.decode_object("a=") urlquery.decode_object("=b") urlquery.decode_object("a=b=c") urlquery.decode_object("a=1;b=2") urlquery.decode_object("a=%zz") urlquery.decode_object("a=1&&b=2") urlquery.decode_object("a+b=c%20d") urlquery.decode_object("%C3%A9=%2B") urlquery.decode_object(1) urlquery.decode_object("&") urlquery.decode_object("a=%ff") urlquery.decode_object("?a=1") urlquery.decode_object("a;b") urlquery.decode_object("%=1") urlquery.decode_object("a=1&a") urlquery.decode_object("a=é")
uuid.parse("") uuid.parse("6BA7B810-9DAD-11D1-80B4-00C04FD430C8") uuid.parse("6ba7b8109dad11d180b400c04fd430c8") uuid.parse("{6ba7b810-9dad-11d1-80b4-00c04fd430c8}") uuid.parse("urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8") uuid.parse("000001f5-5e9a-21ea-9e00-0242ac130003") uuid.parse("00000000-0000-0000-0000-000000000000") uuid.parse("f47ac10b-58cc-0372-8567-0e02b2c3d479") uuid.parse("ffffffff-ffff-ffff-ffff-ffffffffffff") uuid.parse("018f3c4e-7b00-7000-8000-000000000000") uuid.parse("6ba7b810-9dad-61d1-80b4-00c04fd430c8") uuid.parse("6ba7b810-9dad-51d1-c0b4-00c04fd430c8") uuid.parse("6ba7b810-9dad-51d1-e0b4-00c04fd430c8") uuid.parse(1) uuid.parse("6ba7b810-9dad-31d1-00b4-00c04fd430c8") uuid.parse("6ba7b810-9dad-11d1-80b4-00c04fd430c") uuid.parse("URN:UUID:6ba7b810-9dad-11d1-80b4-00c04fd430c8") uuid.parse("(6ba7b810-9dad-11d1-80b4-00c04fd430c8)") uuid.parse("000001f5-5e9a-21ea-9e03-0242ac130003") uuid.parse("6ba7b810-9dad-11d1-80b4-03c04fd430c8") uuid.parse("6ba7b810-9dad-11d1-80b4-01c04fd430c8") uuid.parse("6ba7b810-9dad-11d1-80b4-02c04fd430c8")
walk({}) walk([1]) walk(1) walk({"a":{"b":[1]}}) walk({1,{2}})
crypto.md5("") crypto.sha1("") crypto.sha256("") crypto.sha256(1) crypto.md5("é") crypto.hmac.sha256("","") crypto.hmac.sha256(1,"k") crypto.hmac.sha512("é","é") crypto.hmac.equal("a",1) crypto.hmac.equal("","") crypto.hmac.md5("","k") crypto.hmac.sha1("a","") crypto.sha1(null)
time.add_date(0,0,1,0) time.add_date(0,0,13,0) time.add_date(0,0,-1,0) time.add_date(0,-1,0,0) time.add_date(0,0,0,400) time.add_date(1706659200000000000,0,1,0) time.add_date(1709164800000000000,-1,0,0) time.add_date([0,"Europe/Paris"],0,6,0) time.add_date(0,300,0,0) time.add_date(0,1.5,0,0) time.add_date("a",0,0,0) time.add_date(1.5,0,0,0) time.add_date([1711846800000000000,"Europe/Paris"],0,0,-1) time.add_date([1711766700000000000,"Europe/Paris"],0,0,1) time.add_date(0,100000000000,0,0) time.add_date(-1,0,0,0) time.add_date(1709251199999999999,0,0,1) time.add_date([0,"UTC","RFC3339"],0,0,1) time.add_date([1729990800000000000,"Europe/Paris"],0,0,1) time.add_date(0,1,-12,0) time.add_date(0,0,0,-1)
time.clock(1709164800123456789) time.clock(-1) time.clock([0,"Asia/Kolkata"]) time.clock([0,""]) time.clock([0,"UTC"]) time.clock([0,"europe/paris"]) time.clock([0,"Nope/Nope"]) time.clock(1.5) time.clock("a") time.clock([0]) time.clock([]) time.clock([0,1]) time.clock(100000000000000000000) time.clock([0,"EST"]) time.clock([1720000000000000000,"America/New_York"]) time.clock([0,"Local"]) time.clock([0,"UTC","x","y"]) time.clock(1e18)
time.date(-1) time.date(1709164800000000000) time.date(-9223372036854775808) time.date(9223372036854775807) time.date([1704067199000000000,"Asia/Tokyo"]) time.date(null) time.weekday(-1) time.weekday(1709164800000000000) time.weekday([1704067199000000000,"Asia/Tokyo"]) time.weekday("x")
time.diff(0,0) time.diff([0,"Europe/Paris"],[0,"UTC"]) time.diff(1709164800000000000,1677628800000000000) time.diff(1711929600000000000,1706659200000000000) time.diff(-1,1) time.diff("a",0) time.diff([1711846800000000000,"Europe/Paris"],[1711760400000000000,"Europe/Paris"]) time.diff(1,0) time.diff(1677628800000000000,1709164800000000000) time.diff([0,"Asia/Tokyo"],0)
time.format(1709164800123456789) time.format(1709164800120000000) time.format(1709164800000000000) time.format(-1) time.format([1709164800000000000,"Europe/Paris"]) time.format([1720000000000000000,"America/New_York"]) time.format([0,""]) time.format([0,"UTC","ANSIC"]) time.format([0,"UTC","UnixDate"]) time.format([0,"UTC","RubyDate"]) time.format([0,"UTC","RFC822"]) time.format([0,"UTC","RFC822Z"]) time.format([0,"UTC","RFC850"]) time.format([0,"UTC","RFC1123Z"]) time.format([0,"UTC","RFC3339"]) time.format([0,"UTC","RFC3339Nano"]) time.format([1709164800123456789,"UTC","RFC3339Nano"]) time.format([1709164800123400000,"Europe/Paris","RFC3339Nano"]) time.format([0,"UTC","Kitchen"]) time.format([0,"UTC","3:04PM"]) time.format([0,"UTC","Stamp"]) time.format([0,"UTC","DateTime"]) time.format([0,"UTC","DateOnly"]) time.format([0,"UTC",""]) time.format([0,"UTC","abc"]) time.format([1709214305123456789,"UTC","January 2, 2006 at 3:04pm (MST)"]) time.format([1709214305123456789,"UTC","Jan _2 06 03:4:5 .000 Mon 002"]) time.format([1709214305123456789,"Europe/Paris","MST -0700 -07:00 -07 Z07:00 Z0700 Z07"]) time.format([1709214305123456789,"UTC","Z07:00:00 -07:00:00 -070000"]) time.format([1709214305123456789,"UTC","15:04:05.000000 15:04:05,999 05.00"]) time.format([1709214305100000000,"UTC","05.999 5.999999999 .999"]) time.format([1709214305123456789,"UTC","1/2/06 __2"]) time.format([0,"UTC","2006年01月02日"]) time.format([0,"UTC","Monday Janus Month 20060102150405"]) time.format([0,"UTC",1]) time.format([0,"Nope"]) time.format([1720000000000000000,"America/Sao_Paulo","MST"]) time.format([1720000000000000000,"America/New_York","RFC1123"]) time.format([1720000000000000000,"Asia/Kolkata","RFC3339"]) time.format("a") time.format([0,"UTC","PM pm Pm"]) time.format([0,"UTC","2 02 _2 22 0002 12 15 1515"]) time.format([0,"UTC","006 2006006 000"])
time.parse_duration_ns("1h") time.parse_duration_ns("1m") time.parse_duration_ns("1s") time.parse_duration_ns("1ms") time.parse_duration_ns("1us") time.parse_duration_ns("1µs") time.parse_duration_ns("1μs") time.parse_duration_ns("1ns") time.parse_duration_ns("0") time.parse_duration_ns("-0") time.parse_duration_ns("+5s") time.parse_duration_ns("1") time.parse_duration_ns("s") time.parse_duration_ns(".5s") time.parse_duration_ns("1.s") time.parse_duration_ns(".s") time.parse_duration_ns("1h-1m") time.parse_duration_ns("1 h") time.parse_duration_ns("1w") time.parse_duration_ns("1y") time.parse_duration_ns("2d3h") time.parse_duration_ns("0.3333333333333333333h") time.parse_duration_ns("9223372036854775807ns") time.parse_duration_ns("9223372036854775808ns") time.parse_duration_ns("-9223372036854775808ns") time.parse_duration_ns("2562048h") time.parse_duration_ns("1.5d") time.parse_duration_ns("1s1s") time.parse_duration_ns("1H") time.parse_duration_ns(1) time.parse_duration_ns("1D") time.parse_duration_ns("0.000000001s") time.parse_duration_ns("0.0000000019s") time.parse_duration_ns("3w2d") time.parse_duration_ns("1w1y") time.parse_duration_ns("1M") time.parse_duration_ns("1.1w") time.parse_duration_ns("1h1d") time.parse_duration_ns("0.1d")
time.parse_ns("2006-01-02","2024-02-30") time.parse_ns("2006-01-02","2024-2-3") time.parse_ns("2006-1-2","2024-2-3") time.parse_ns("2006-01-02","2024-05-06x") time.parse_ns("2006-01-02 ","2024-05-06") time.parse_ns("RFC1123","Mon, 06 May 2024 01:02:03 UTC") time.parse_ns("RFC1123Z","Mon, 06 May 2024 01:02:03 +0200") time.parse_ns("RFC1123","Tue, 06 May 2024 01:02:03 GMT") time.parse_ns("RFC822","06 May 24 01:02 UTC") time.parse_ns("ANSIC","Mon May  6 01:02:03 2024") time.parse_ns("UnixDate","Mon May  6 01:02:03 UTC 2024") time.parse_ns("RFC3339Nano","2024-05-06T01:02:03.123456789Z") time.parse_ns("RFC3339","2024-05-06T01:02:03.5Z") time.parse_ns("RFC3339","2024-05-06T01:02:03+02:00") time.parse_ns("RFC3339","2024-05-06 01:02:03Z") time.parse_ns("2006-01-02T15:04:05Z07:00","2024-05-06T01:02:03-07:00") time.parse_ns("2006-01-02 15:04:05","2024-05-06 01:02:03.25") time.parse_ns("15:04","01:02") time.parse_ns("2006","2024") time.parse_ns("","") time.parse_ns("2006-01-02","") time.parse_ns("3:04PM","1:02PM") time.parse_ns("2006-01-02 3:04PM","2024-05-06 1:02PM") time.parse_ns("2006-01-02 03:04 pm","2024-05-06 12:02 am") time.parse_ns("06","69") time.parse_ns("06","70") time.parse_ns("January 2, 2006","may 6, 2024") time.parse_ns("Jan 2 2006","MAY 6 2024") time.parse_ns("2006-01-02 -0700","2024-05-06 -0330") time.parse_ns("2006-01-02 MST","2024-05-06 PST") time.parse_ns("2006-01-02 MST","2024-05-06 GMT+3") time.parse_ns("2006-01-02 15:04","2024-05-06 24:00") time.parse_ns("2006-01-02 15:04:05","2024-05-06 23:59:60") time.parse_ns("2006-002","2024-100") time.parse_ns("2006-01-02 Monday","2024-05-06 Sunday") time.parse_ns("2006-01-02","1600-01-01") time.parse_ns("2006-01-02","2300-01-01") time.parse_ns("_2 Jan 2006"," 6 May 2024") time.parse_ns(1,"a") time.parse_ns("2006-01-02 15:04:05.000","2024-05-06 01:02:03.123") time.parse_ns("2006-01-02 15:04:05.000","2024-05-06 01:02:03.12") time.parse_ns("2006-01-02 15:04:05.999","2024-05-06 01:02:03") time.parse_ns("2006-01-02T15:04:05Z07:00","2024-05-06T01:02:03Z") time.parse_ns("2006-01-02","-024-05-06") time.parse_ns("2006-01-02","+024-05-06") time.parse_ns("2006-01-02 15:04:05 Z0700","2024-05-06 01:02:03 +0100") time.parse_ns("Kitchen","1:02PM") time.parse_ns("DateTime","2024-05-06 01:02:03") time.parse_ns("DateOnly","2024-05-06") time.parse_ns("2006-01-02 15:04","2024-05-06 1:02") time.parse_ns("2006-01-02 15:4","2024-05-06 01:2") time.parse_ns("20060102","20240506") time.parse_ns("2006-01-02 -07","2024-05-06 +02") time.parse_ns("2006-01-02 -07:00","2024-05-06 +25:00")
time.parse_rfc3339_ns("2024-05-06t01:02:03z") time.parse_rfc3339_ns("2024-05-06 01:02:03Z") time.parse_rfc3339_ns("2024-05-06T01:02:03") time.parse_rfc3339_ns("2024-02-30T01:02:03Z") time.parse_rfc3339_ns("2024-05-06T24:00:00Z") time.parse_rfc3339_ns("2024-05-06T23:59:60Z") time.parse_rfc3339_ns("2024-05-06T01:02:03.123456789123Z") time.parse_rfc3339_ns("2024-05-06T01:02:03,5Z") time.parse_rfc3339_ns("2024-05-06T1:02:03Z") time.parse_rfc3339_ns("1600-05-06T01:02:03Z") time.parse_rfc3339_ns("2300-05-06T01:02:03Z") time.parse_rfc3339_ns("2024-05-06T01:02:03+0200") time.parse_rfc3339_ns("2024-05-06T01:02:03+24:00") time.parse_rfc3339_ns("2024-05-06T01:02:03.Z") time.parse_rfc3339_ns("2024-05-06T01:02Z") time.parse_rfc3339_ns(1) time.parse_rfc3339_ns("") time.parse_rfc3339_ns("0000-01-01T00:00:00Z") time.parse_rfc3339_ns("1969-12-31T23:59:59.5Z") time.parse_rfc3339_ns("2024-05-06T01:02:03-00:00") time.parse_rfc3339_ns("2024-05-06T01:02:03+23:59") time.parse_rfc3339_ns("2024-05-06T01:02:03+02:60") time.parse_rfc3339_ns(" 2024-05-06T01:02:03Z") time.parse_rfc3339_ns("2024-05-06T01:02:03Zx") time.parse_rfc3339_ns("2024-13-06T01:02:03Z") time.parse_rfc3339_ns("2024-00-06T01:02:03Z") time.parse_rfc3339_ns("+2024-05-06T01:02:03Z") time.parse_rfc3339_ns("2024-05-06T01:02:03\\u2212\\u003000:00")
regex.match("","") regex.match("","a") regex.match("a**","a") regex.match("a+*","a") regex.match("a??","a") regex.match("a???","a") regex.match("a{2}{3}","aaaaaa") regex.match("^*","a") regex.match("*a","a") regex.match("a{,2}","aa") regex.match("a{,2}","a{,2}") regex.match("a{","a{") regex.match("a{x}","a{x}") regex.match("{","{") regex.match("a{2,1}","a") regex.match("a{1001}","a") regex.match("(a{100}){100}","a") regex.match("(a{10}){10}","a") regex.match("[a-c&&b]","c") regex.match("[a--b]","a") regex.match("[a~~b]","~") regex.match("[[a]b]","[b]") regex.match("[[]","[") regex.match("[]a]","]") regex.match("[^]a]","b") regex.match("[]","]") regex.match("[a-]","-") regex.match("[-a]","-") regex.match("[a-b-c]","-") regex.match("[z-a]","b") regex.match("[\\\\d]","٣") regex.match("[^\\\\d]","٣") regex.match("[\\\\D]","5") regex.match("[\\\\W]","é") regex.match("[\\\\w-]","-") regex.match("[\\\\s]","\\u000b") regex.match("\\\\s","\\u000b") regex.match("[[:space:]]","\\u000b") regex.match("[[:word:]]","é") regex.match("[[:^alpha:]]","1") regex.match("[[:foo:]]","f") regex.match("[:alpha:]","a") regex.match("\\\\b","é") regex.match("\\\\bé","é") regex.match("a\\\\b","aé") regex.match("\\\\Ba","ba") regex.match("\\\\A","a") regex.match("a\\\\z","a") regex.match("a\\\\Z","a") regex.match("a$","a\\n") regex.match("(?m)a$","a\\nb") regex.match("(?s)a.b","a\\nb") regex.match("(?x)a b","ab") regex.match("(?U)a+","aa") regex.match("(?i-s)A","a") regex.match("(?-i:A)","a") regex.match("(?u)a","a") regex.match("(?P<n>a)","a") regex.match("(?<n>a)","a") regex.match("(?P<1>a)","a") regex.match("(?P<n>a)(?P<n>b)","ab") regex.match("(?P=n)","a") regex.match("(?!a)b","b") regex.match("(?<=a)b","ab") regex.match("(?>a)","a") regex.match("(?#c)a","a") regex.match("(a","a") regex.match("a)","a") regex.match("()","a") regex.match("a||b","") regex.match("\\\\1","a") regex.match("\\\\01","\\u0001") regex.match("\\\\101","A") regex.match("\\\\x41","A") regex.match("\\\\x{41}","A") regex.match("\\\\x4","A") regex.match("\\\\u0041","A") regex.match("\\\\Q.*\\\\E","a") regex.match("\\\\Q.*\\\\E","x.*") regex.match("\\\\Qa.","a.") regex.match("\\\\e","e") regex.match("\\\\-","-") regex.match("\\\\_","_") regex.match("\\\\<","<") regex.match("\\\\é","é") regex.match("\\\\","a") regex.match("\\\\p{Greek}","α") regex.match("\\\\p{L}","é") regex.match("\\\\pN","٣") regex.match("\\\\p{Letter}","a") regex.match("\\\\p{foo}","a") regex.match("\\\\P{L}","1") regex.match("\\\\p{^L}","1") regex.match("\\\\pX","1") regex.match("[\\\\pL]","é") regex.match("[^\\\\pL]","é") regex.match("\\\\C","a") regex.match("(?i)\\\\w","ſ") regex.match("(?i)[a-z]","K") regex.match("(?i)É","é") regex.match("(?i)ß","ẞ") regex.match("(?i)σ","ς") regex.match("[\\\\b]","b") regex.match("[\\\\-]","-") regex.match("[\\\\x41-\\\\x43]","B") regex.match("[a-\\\\d]","a") regex.match("[\\\\d-a]","-") regex.match("[\\\\n]","\\n") regex.match("\\\\a\\\\f\\\\n\\\\r\\\\t\\\\v","x") regex.match("\\\\v","\\u000b") regex.match(".","\\n") regex.match(".","\\r") regex.match("[^a]","\\n") regex.match("a#b","a#b") regex.match("a b","a b") regex.match("a/b","a/b") regex.match("\\\\/","/") regex.match("]","]") regex.match("}","}") regex.match("a|*","a") regex.match("(*)","a") regex.match("(|a)*","aa") regex.match("x*(?i)*","x") regex.match(1,"a") regex.match("a",1) regex.match("a",null) regex.match("^arn:aws:[a-z0-9-]+:[a-z0-9-]*:\\\\d{12}:.+$","arn:aws:rds:eu-west-1:123456789012:db:x") regex.match("^[\\\\w.+-]+@[\\\\w-]+\\\\.[\\\\w.]+$","a.b@c-d.org") regex.match("[\\\\.]","x") regex.match("a\\\\.b","a.b") regex.match("[0-9]{1,3}(\\\\.[0-9]{1,3}){3}","10.0.0.1") regex.match("\\\\z\\\\A","") regex.match("(?:a|b)+$","abab") regex.match("[a\\\\]b]","]") regex.match("[a\\\\\\\\b]","\\\\") regex.match("\\\\Q\\\\E*","") regex.match("a\\\\Q+\\\\E*","a++") regex.match("(?i:a)b","Ab") regex.match("(?i)(?-i)a","A") regex.match("a(?i)b|c","C") regex.match("[[:alpha:][:digit:]]+$","a1") regex.match("[[:alpha:]-z]","-") regex.match("(?)","a") regex.match("(?:)","a") regex.match("(?i","a") regex.match("(?P<n","a") regex.match("(?P<>a)","a") regex.match("(?P<n-m>a)","a") regex.match("\\\\x{110000}","a") regex.match("\\\\x{}","a") regex.match("[\\\\Q]\\\\E]","]") regex.match("\\\\E","a") regex.match("a{0}","b") regex.match("a{0,0}b","b") regex.match("a{1,}","aa") regex.match("a{01}","a") regex.match("a{1000}","a") regex.match("(?i)\\\\W","ſ") regex.match("(?i)[^\\\\w]","K") regex.match("\\\\08","\\u00008") regex.match("\\\\8","8") regex.match("[\\\\1]","a") regex.match("[\\\\01]","\\u0001")
regex.is_valid("") regex.is_valid("a**") regex.is_valid("(?=a)") regex.is_valid("(a") regex.is_valid("a)") regex.is_valid("*") regex.is_valid("\\\\") regex.is_valid("\\\\d\\\\b\\\\B") regex.is_valid("[a-") regex.is_valid("[z-a]") regex.is_valid("(?P<n>a)") regex.is_valid("(?x)a") regex.is_valid("\\\\Z") regex.is_valid("\\\\1") regex.is_valid("a{1001}") regex.is_valid("a{2,1}") regex.is_valid("\\\\p{foo}") regex.is_valid("[[:foo:]]") regex.is_valid("a{,2}") regex.is_valid("[&&]") regex.is_valid("(?<n>a)") regex.is_valid("é") regex.is_valid("\\\\u0041") regex.is_valid("(?i)a") regex.is_valid("a++") regex.is_valid("(?>a)") regex.is_valid("[\\\\b]") regex.is_valid("x{2}{2}") regex.is_valid("(|)") regex.is_valid("|*") regex.is_valid("\\\\x{zz}") regex.is_valid("(?<=a)b") regex.is_valid("(?P<n>a)(?P<n>b)") regex.is_valid("(?i-)a") regex.is_valid("(?--i)a")
regex.find_n("a*","baac",0) regex.find_n("","ab",-1) regex.find_n("","é",-1) regex.find_n("\\\\d+","1a22b333",2) regex.find_n("\\\\d+","1a22b333",10) regex.find_n("[","a",1) regex.find_n("a","a",1.5) regex.find_n("a","aaa",-5) regex.find_n("^a","aaa",-1) regex.find_n("\\\\b","ab cd",-1) regex.find_n("é*","aééb",-1) regex.find_n("a|ab","abab",-1) regex.find_n("a+?","aaa",-1) regex.find_n("x*","",-1) regex.find_n(1,"a",1) regex.find_n("a","a","1") regex.find_n("$","ab",-1) regex.find_n("(?m)^","a\\nb\\n",-1)
regex.find_all_string_submatch_n("(a*)","baac",-1) regex.find_all_string_submatch_n("(a*)*","b",-1) regex.find_all_string_submatch_n("(a|b*)*","ab",-1) regex.find_all_string_submatch_n("(a*)+","aab",-1) regex.find_all_string_submatch_n("(a)|(b)","ab",-1) regex.find_all_string_submatch_n("x","a",-1) regex.find_all_string_submatch_n("(a)","aaa",0) regex.find_all_string_submatch_n("","ab",-1) regex.find_all_string_submatch_n("(?:(a)|b)*","ab",-1) regex.find_all_string_submatch_n("((a)|b)*","aab",-1) regex.find_all_string_submatch_n("(|a)*","aa",-1) regex.find_all_string_submatch_n("(|a)+","aa",-1) regex.find_all_string_submatch_n("(a?)*?b","aab",-1) regex.find_all_string_submatch_n("([a-z]+)=(\\\\d+)","a=1,b=22",-1) regex.find_all_string_submatch_n("(?P<n>.)(?P<m>.)","abcd",1) regex.find_all_string_submatch_n("[","a",-1) regex.find_all_string_submatch_n("(a??)(a*)","aa",-1) regex.find_all_string_submatch_n("(a){0}b","ab",-1) regex.find_all_string_submatch_n("(a|(b))+","aba",-1) regex.find_all_string_submatch_n("(a*|b)*","ab",-1) regex.find_all_string_submatch_n("(\\\\b|a)*","a b",-1) regex.find_all_string_submatch_n("(a{0,2})*","aaa",-1) regex.find_all_string_submatch_n("(()|a)+","aa",-1) regex.find_all_string_submatch_n("(^|a)*","aa",-1)
regex.replace("abc","","-") regex.replace("","","x") regex.replace("","a","x") regex.replace("é","","-") regex.replace("abc","b","$0$0") regex.replace("abc","b","${0}x") regex.replace("abc","b","$$") regex.replace("abc","b","$x") regex.replace("abc","b","${") regex.replace("abc","b","${}") regex.replace("abc","b","${x") regex.replace("abc","b","$é") regex.replace("abc","(b)","${01}") regex.replace("abc","(b)","$01") regex.replace("abc","(b)","$2") regex.replace("abc","(b)","${ 1}") regex.replace("abc","(b)","$1$") regex.replace("abc","b","\\\\1") regex.replace("aaa","a","b") regex.replace("baac","a*","x") regex.replace("abc","[","x") regex.replace("abc","\\\\w","x") regex.replace("aébé","\\\\W","x") regex.replace("a b","\\\\b","|") regex.replace("abc","(?P<x1>b)","$x1y") regex.replace("abc","(?P<x1>b)","${x1}y") regex.replace(1,"a","b") regex.replace("abc","^","x") regex.replace("abc","$","x") regex.replace("aXbX","(?i)x","-") regex.replace("abc","(b)","$1_") regex.replace("abc","(b)","${1}_") regex.replace("ab","(a)|(b)","[$1$2]") regex.replace("a","a","$99999999999") regex.replace("a","(a)","$-1")
regex.split("","") regex.split("a","") regex.split("a","a") regex.split("a","aa") regex.split("a","ab") regex.split("a","ba") regex.split("x*","axb") regex.split("é","aéb") regex.split("(,)","a,b") regex.split("^","ab") regex.split("$","ab") regex.split("\\\\s+"," a  b ") regex.split("[","a") regex.split("","é😀") regex.split("b*","abb") regex.split("b*","bba") regex.split(1,"a") regex.split("\\\\b","a b") regex.split("","a")
regex.template_match("a","a","{","}") regex.template_match("a","b","{","}") regex.template_match("","","{","}") regex.template_match("{a","a","{","}") regex.template_match("a}","a","{","}") regex.template_match("{a}{b}","ab","{","}") regex.template_match("{a|b}c","bc","{","}") regex.template_match("x<\\\\d+>","x1","<",">") regex.template_match("x<\\\\d+>","x٣","<",">") regex.template_match("{a{2}}","aa","{","}") regex.template_match("{[}","a","{","}") regex.template_match("a","a","","}") regex.template_match("a","a","{{","}}") regex.template_match("a|a|b","aab","|","|") regex.template_match("{}","","{","}") regex.template_match("a{b}c\\n","abc\\n","{","}") regex.template_match("é{.}","éa","{","}") regex.template_match("a","a","é","é") regex.template_match("{a|}x","x","{","}") regex.template_match("a.{.*}","a.b","{","}") regex.template_match("a.{.*}","axb","{","}") regex.template_match(1,"a","{","}") regex.template_match("{.*}","a\\nb","{","}") regex.template_match("urn:{a)(b}","urn:ab","{","}")
sprintf("",[]) sprintf("abc",[]) sprintf("%v",[[]]) sprintf("%v",[{}]) sprintf("%v",[set()]) sprintf("%v",[{"a","b"}]) sprintf("%v",[{"b":[1,{"c":null}],"a":"x\\"y"}]) sprintf("%v",[["a\\nb\\t\\\\\\u0007é😀\\u00a0"]]) sprintf("%v",[[1.5,0.1,-2]]) sprintf("%v",[[true,null,"<&>"]]) sprintf("%s",[[]]) sprintf("%s",[set()]) sprintf("%s",[{1,2}]) sprintf("%d",[[1]]) sprintf("%d",[[]]) sprintf("%d",[{}]) sprintf("%q",[[1]]) sprintf("%q",[true]) sprintf("%q",[null]) sprintf("%q",["é😀\\u00a0\\u200b\\u0007\\n"]) sprintf("%q",["a'b`c"]) sprintf("%+q",["é"]) sprintf("%#q",["a"]) sprintf("%q",[65]) sprintf("%10q|",["a"]) sprintf("%-10q|",["a"]) sprintf("%.1q",["abc"]) sprintf("%x",["é"]) sprintf("%X",["é"]) sprintf("% x",["abc"]) sprintf("%#x",[255]) sprintf("%x",[-255]) sprintf("%x",[1.5]) sprintf("%x",[true]) sprintf("%x",[[1]]) sprintf("%o",[-8]) sprintf("%b",[-5]) sprintf("%b",[1.5]) sprintf("%b",["a"]) sprintf("%f",[-1.5]) sprintf("%f",[0.1]) sprintf("%.0f",[2.5]) sprintf("%.0f",[1.5]) sprintf("%.3f",[1.0005]) sprintf("%10.2f|",[1.5]) sprintf("%-10.2f|",[1.5]) sprintf("%+.2f",[1.5]) sprintf("% .2f",[1.5]) sprintf("%010.2f",[-1.5]) sprintf("%.2f",["a"]) sprintf("%f",[1e20]) sprintf("%f",[1000000]) sprintf("%.f",[1.5]) sprintf("%5.f|",[1.5]) sprintf("%.1f%%",[12.345]) sprintf("%F",[1.5]) sprintf("%5v|",["a"]) sprintf("%5v|",[1]) sprintf("%-5v|",[1.5]) sprintf("%05v|",[1]) sprintf("%05s|",["a"]) sprintf("%-05d|",[3]) sprintf("%+5d|",[3]) sprintf("% 5d|",[3]) sprintf("%+d",[-3]) sprintf("% d",[-3]) sprintf("%+ d",[3]) sprintf("%.5d",[3]) sprintf("%8.5d|",[3]) sprintf("%08.5d|",[3]) sprintf("%.0d",[0]) sprintf("%.d",[0]) sprintf("%+x",[255]) sprintf("%08b",[5]) sprintf("%5t|",[true]) sprintf("%v",[-0.5]) sprintf("%v",[0.000001]) sprintf("%v",[0.0001]) sprintf("%v",[0.00001]) sprintf("%v",[123456789.5]) sprintf("%v",[1234567890123456.5]) sprintf("%v",[0.123456789012345]) sprintf("%v",[9007199254740993]) sprintf("%d",[9223372036854775807]) sprintf("%d",[9223372036854775808]) sprintf("%d",[18446744073709551615]) sprintf("%d",[-9223372036854775808]) sprintf("%x",[18446744073709551616]) sprintf("%5d|",[18446744073709551616]) sprintf("%+d",[18446744073709551616]) sprintf("%s",[18446744073709551616]) sprintf("%q",[18446744073709551616]) sprintf("%v",[18446744073709551616]) sprintf("%08d",[18446744073709551616]) sprintf("%s",["%d"]) sprintf("%%%d%%",[1]) sprintf("%5%|",[]) sprintf("%-%",[]) sprintf("%d",[-0]) sprintf("%5s|",["é😀"]) sprintf("%.2s|",["é😀b"]) sprintf("%5.1s|",["é😀"]) sprintf("%.0s|",["abc"]) sprintf("%.s|",["abc"]) sprintf("%.10s|",["abc"]) sprintf("%+s",["é"]) sprintf("% s",["a"]) sprintf("%2s",["abc"]) sprintf("%.1v",["abc"]) sprintf("%.1v",[1.55]) sprintf("%.3v",[[1,2,3]]) sprintf("%20v|",[[1,2]]) sprintf("%-20v|",[{"a":1}]) sprintf("%[2]s %[1]s",["a","b"]) sprintf("%[1]d %d",[1,2]) sprintf("%[3]s",["a"]) sprintf("%[x]s",["a"]) sprintf("%[1]*d",[5]) sprintf("%[1]s",["a","b"]) sprintf("%.*f",[2,1.5]) sprintf("%-*d|",[5,3]) sprintf("%s\\n",["a"]) sprintf("%é",["a"]) sprintf("%s %d %v",["a",1,[2]]) sprintf("x%",[]) sprintf("%s",{"a"}) sprintf("%s","a") sprintf(1,[1]) sprintf("%99999999999d",[1]) sprintf("%v",[{"a":{"b","c"}}]) sprintf("%v",[{1:"a",[2]:"b",null:"c"}]) sprintf("%v",[{[1],{"a":1},{2}}]) sprintf("%t",[false]) sprintf("%t",["a"]) sprintf("%p",[1]) sprintf("%w",["a"]) sprintf("%d items",[count([1,2])]) sprintf("%v",[0.1+0.2]) sprintf("%v",[1/3]) sprintf("%v",[2/3]) sprintf("%.2f",[1/3]) sprintf("%.2f",[2/3]) sprintf("%v",[10/4]) sprintf("%v",[1.1*1.1]) sprintf("%v",[6/2]) sprintf("%d",[6/2]) sprintf("%d",[0.5+0.5]) sprintf("%v",[100*1.1]) sprintf("%.1f",[99.95]) sprintf("%v",[1e2*0.5]) sprintf("%d",[round(2.5)]) sprintf("%v",[5.0]) json.marshal(1/3) json.marshal(0.5+0.5) json.marshal(2/3) json.marshal(10/4) json.marshal(1/7) json.marshal(100/3) to_number("1/3")
yaml.is_valid("") yaml.is_valid("a: b: c") yaml.is_valid("\\t") yaml.is_valid(1) yaml.marshal("a") yaml.marshal([]) yaml.unmarshal("[1, 2]") yaml.unmarshal("a") yaml.unmarshal("null") yaml.unmarshal("---\\na: 1\\n---\\nb: 2") yaml.unmarshal(1)
format_int(product([99999999999,99999999999]),10) format_int(product([9007199254740993,3]),10) format_int(sum([9007199254740993,1]),10) format_int(sum([18446744073709551615,1]),10) sprintf("%v",[1234567.5]) sprintf("%v",[999999.5]) sprintf("%v",[100000.5]) sprintf("%v",[1000000.5]) json.marshal(1234567.5) json.marshal(1234567.25+0.25) json.marshal(0.00001+0.00001) json.marshal(sum([1.5,2.25])) json.marshal(0.1+0.2) json.marshal(1.1*1.1) sprintf("%v",[sum([0.1,0.2])]) json.marshal(sum([0.1,0.2,0.3])) json.marshal(5.5-0.5) json.marshal(2.5*2) sprintf("%v",[2.5*2]) sprintf("%d",[2.5*2]) json.marshal(1000000*1000000) json.marshal(123456.5+1) json.marshal(0.001*0.1) json.marshal(sum([1.1,2.2])) json.marshal(product([0.5,0.5])) json.marshal(round(1.5)) json.marshal(abs(-1.5)) json.marshal(floor(1.5)) json.marshal(ceil(1e3+0.5)) json.marshal(abs(-1)) json.marshal(units.parse("1.5K")) json.marshal(units.parse("100m")) json.marshal(units.parse("0.1")) json.marshal(units.parse("1500m")) json.marshal(units.parse_bytes("1.5gb")) json.marshal(10/2) json.marshal(7/2) json.marshal(1/4) json.marshal(1/8) json.marshal(3*0.5) json.marshal(max([1.5,2])) json.marshal(numbers.range(1,3)) json.marshal(bits.lsh(1,70)) json.marshal(format_int(3.7,10)) sprintf("%v",[to_number("05")]) json.marshal(100*1.1) json.marshal(1-0.9) json.marshal(4.35*100) json.marshal(0.1*3) json.marshal(1.5*1.5) json.marshal(33.33*3) json.marshal(99.9/3) json.marshal(50/100) json.marshal(2/4) json.marshal(5%3) json.marshal(1/1.5) sprintf("%.1f",[2/3*100]) sprintf("%.2f",[1/3*100]) sprintf("%.3f",[0.1+0.2]) sprintf("%.0f",[50/100*100]) sprintf("%.1f",[5/2]) sprintf("%d",[5/2*2]) count(json.marshal(0.1*0.1)) json.marshal(0.1*0.1) json.marshal(1/3+1/3) json.marshal(round(2.675*100)/100) json.marshal(round(100*2/3)/100) units.parse_bytes("1.1gib") units.parse_bytes("0.3mb") units.parse_bytes("2.5") units.parse_bytes("99999999999999999999eb")
sum([14.7,-75.2]) sum([7854.22,-11.5,-2747.49,5975.47]) sum([99.3,-49.3]) sum([0.5,-0.5]) sum([0.1,-0.1]) sum([1e10,0.25]) sum({2.5,1.5}) sum([33.33,33.33,33.33]) sum([19.99,5.01]) abs(790992545843938595533) round(9007199254740993.0) json.marshal(sum([99.3,-49.3])) sprintf("%v",[sum([14.7,-75.2])])
"""


# What OPA refuses or orders in a way of its own; the fields of a rule named r.
SHAPES = """
r if { [1, x] := [1, 2]; x == 2 }
r if { {"a": 1} := input.o }
r if { {"a": x} := {"a": 1}; x == 1 }
r if { "a" := "a" }
r if { input.q := 1 }
r if { x := 3; -x == -3 }
r := 3 - -1
r := - 1
r := - -1
r := - - 1
r := -(1)
r := x if { x = 0; some x in [0] }
r if { input.n == y; some y in [1] }
r if { x = 0; some x; x == 1 }
r if { count(z) > 0; some z in [[1]] }
r if { not y; some y in [1] }
r if { some y in [1]; some y in [1] }
r if { some i, x in [1]; i == 0; every x in [1] { x == 1 } }
r if { y = 1; z := [y | some y in [2]]; z == [2] }
r if { z := [y | some y in [2]]; y = 1 }
r if { [x, 1] = [1, 2] }
r if { [x] = [1, 2] }
r if { {"a": x} = {"b": 1} }
r if { [1] = {"a": 1} }
r if { [x, y] := [1, 2, 3] }
r if { {"a": x} := {"b": 1} }
r if { [x] := {"a": 1} }
r if { x := 1; [x] = [1, 2] }
r if { 1 = {"a": 1} }
r if { [[x]] := [[1, 2]] }
r if { [[x], y] := [[1], 2]; x + y == 3 }
r := [json.marshal(x) | some x in {{1}, {"a": 1}, [1]}]
r := [x | some x in {{"b": 1}, {"a": 2, "c": 1}, {"a": 1}}]
r := [json.marshal(x) | some x in {{1, 2}, {1}, {0, 9}, {2}}]
r := [is_set(x) | some x in {[{1}], {"k": {1}}, {"k": {"a": 1}}, {{1}}, {{"a": 1}}}]
""".strip().splitlines()

FUNCTIONS = """
f([a]) := x if { a := 1; x := a } r := f([1])
f({"k": a}) := x if { some a in [1]; x := a } r := f({"k": 1})
f(a) := x if { a := 1; x := a } r := f(1)
f(a) := x if { some a; x := a } r := f(1)
f([a, a]) := a r := f([1, 1])
f(a) := [a | some a in [2]] r := f(1)
f(a) := x if { x := [a | a := 3] } r := f(1)
""".strip().splitlines()


def calls():
    """The calls of the list above: each begins with a name and ends where its brackets close."""
    for line in BUILTINS.strip().splitlines():
        at = 0
        while at < len(line):
            start, depth, quoted = at, 0, False
            while at < len(line):
                char = line[at]
                if quoted and char == "\\":
                    at += 1
                elif char == '"':
                    quoted = not quoted
                elif not quoted and char in "([{":
                    depth += 1
                elif not quoted and char in ")]}":
                    depth -= 1
                    if depth == 0 and char == ")":
                        at += 1
                        break
                at += 1
            yield line[start:at].strip()
            while at < len(line) and line[at] == " ":
                at += 1


def generated(count, seed=7):
    """Rules put together at random from the parts of the language, as users put them together."""
    import random

    dice = random.Random(seed)
    facts = ["input.a.b", "input.a.t", "input.a.f", "input.a.n", "input.a.s", "input.m", "input.l[0]", "input.o.x",
             "input.q[0].on", "input.q[1].on", "input.q[2].on", "input.o.y.z[0]", "input.a[\"b\"]", "input.a.x.y"]
    lists = ["input.l", "input.e", "input.a.c", "input.q", "input.m", "input.o", "{input.k.one, input.k.five}", "[input.k.one, input.k.two]"]
    # By the input, so that OPA's type checker knows none of them.
    values = ["input.k.one", "input.k.five", "input.k.yes", "input.k.no", "input.k.none", "input.k.text", "input.k.b", "input.k.two"]

    def pick(*choices):
        return dice.choice(choices)

    def fact():
        return dice.choice(facts)

    def value(depth):
        kind = dice.randrange(8)
        if depth <= 0 or kind < 3:
            return pick(fact(), dice.choice(values))
        if kind == 3:
            return f"object.get(input, \"{pick('a', 'm', 'o', 's')}\", {dice.choice(values)})"
        if kind == 4:
            return f"count({compr(depth - 1)})"
        if kind == 5:
            return f"f{dice.randrange(4)}({value(depth - 1)})"
        return f"r{dice.randrange(4)}"

    def compr(depth):
        x = f"x{dice.randrange(100)}"
        over = dice.choice(lists)
        form = dice.randrange(4)
        test = dice.choice([f"{x} != {dice.choice(values)}", f"{x} == {value(depth)}", f"not {x} == {dice.choice(values)}", f"{x}.on", f"not {x}.on", f"{x}.v > input.k.one"])
        if form == 0:
            return f"[{x} | some {x} in {over}; {test}]"
        if form == 1:
            return f"{{{x} | some {x} in {over}; {test}}}"
        if form == 2:
            return f"{{k{x}: {x} | some k{x}, {x} in {over}; {test}}}"
        return f"[i{x} | {over}[i{x}] == {dice.choice(values)}]" if over[0] == "i" else f"[{x} | some {x} in {over}]"

    def test(depth):
        kind = dice.randrange(11)
        compare = dice.choice(["==", "!=", "<", ">=", "==", "=="])
        if kind < 3 or depth <= 0:
            return f"{value(depth)} {compare} {value(depth)}"
        if kind == 3:
            return fact()
        if kind == 4:
            return f"not {fact()}"
        if kind == 5:
            return f"not {value(depth - 1)} {dice.choice(['==', '>', '!='])} {dice.choice(values)}"
        if kind == 6:
            x = f"e{dice.randrange(100)}"
            return f"every {x} in {dice.choice(lists)} {{ {dice.choice([f'{x} != input.k.two', f'{x}.on', f'{x} == {value(0)}', f'not {x}.off'])} }}"
        if kind == 7:
            return f"{dice.choice(values)} in {pick(dice.choice(lists), compr(depth - 1))}"
        if kind == 8:
            x = f"s{dice.randrange(100)}"
            return f"some {x} in {dice.choice(lists)}; {dice.choice([f'{x} > input.k.one', f'{x}.on', f'not {x}.on', f'{x}.id == {value(0)}'])}"
        if kind == 9:
            return f"not r{dice.randrange(4)}"
        return f"v{dice.randrange(10)}x{dice.randrange(1000)} := {value(depth - 1)}"

    def body(depth, statements=3):
        return "; ".join(test(depth) for _ in range(dice.randrange(1, statements + 1)))

    for at in range(count):
        lines = ["package p", ""]
        for name in range(4):
            lines.append(f"f{name}(x) := {pick('x', 'input.k.one', 'input.k.yes', 'input.a.b')} if {{ x {dice.choice(['==', '!=', '>'])} {dice.choice(values)} }}")
            if dice.random() < 0.5:
                has_condition = dice.random() < 0.5
                condition = " if x != input.k.five" if has_condition else ""
                lines.append(f"else := {pick('x', 'input.m', 'input.k.two', 'input.k.no')}{condition}")
                if has_condition:
                    lines.append("else := input.k.five")
        # No rule may need itself: each body names only rules with a greater number.
        for name in range(3, -1, -1):
            rule = body(1)
            for other in range(name + 1):
                rule = rule.replace(f"r{other}", f"r{name + 1}" if name < 3 else "true")
            form = dice.randrange(5)
            if form == 0:
                lines += [f"default r{name} := {dice.choice(['1', 'false', 'null', '[]'])}", f"r{name} := {pick('input.k.one', 'input.a.b', 'input.k.yes')} if {{ {rule} }}"]
            elif form == 1:
                lines.append(f"r{name} contains {pick('input.a.s', '1', 'input.m', 'input.l[_]')} if {{ {rule} }}")
            elif form == 2:
                lines.append(f"r{name}[k] := {pick('input.k.one', 'v', 'input.k.yes')} if {{ some k, v in {dice.choice(lists)}; {rule} }}")
            else:
                lines.append(f"r{name} if {{ {rule} }}")
                if form == 4:
                    lines.append(f"r{name} if {{ {body(0)} }}")
        lines.append(f"r contains {pick('1', 'input.a.s', 'input.m')} if {{ {body(2)} }}")
        yield f"generated {at}", "\n".join(lines) + "\n"


TEXTS = {"": "", "helpers": HELPERS, "lib": LIB}


def all_cases():
    """Each with its modules: the name of a text that many share, and what comes after it."""
    base = {"rule": "data.p.r"}
    for body in BODIES.strip().splitlines():
        yield f"body {body}", {**base, "modules": {"p.rego": ["helpers", f"\nr if {{ {body} }}\n"], "lib.rego": ["lib", ""]}}
    for name, rules in RULES:
        text = "package p\n\nimport data.lib\nimport input.a as aa\n\nsafe_use := [aa.b, lib.value]\n\n" + rules + "\n\nout := r\n"
        if name == "not with import":
            text = text.replace("package p\n", "package p\n\nimport future.keywords.not\n")
        yield f"rule {name}", {**base, "rule": "data.p.out", "modules": {"p.rego": ["", text], "lib.rego": ["lib", ""]}}
    for text in SHAPES:
        yield f"shape {text}", {**base, "modules": {"p.rego": ["", f"package p\n\n{text}\n"]}}
    for text in FUNCTIONS:
        function, _, use = text.rpartition(" r := ")
        yield f"shape {text}", {**base, "modules": {"p.rego": ["", f"package p\n\n{function}\n\nr := {use}\n"]}}
    for name, text in generated(400):
        yield name, {**base, "modules": {"p.rego": ["", text]}}
    for call in calls():
        # By data, so that OPA's type checker does not see the arguments before they are there.
        yield f"call {call}", {"rule": "data.p.r", "modules": {"p.rego": ["", f"package p\n\nr := {call}\n"]}}
