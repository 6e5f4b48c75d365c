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

BUILTINS = """
abs(-3) abs(2.5) abs("a") abs(null)
array.concat([1],[2]) array.concat([1],null) array.reverse([1,2]) array.slice([1,2,3],1,2) array.slice([1,2,3],-1,9) array.slice([1,2,3],2,1)
base64.decode("YQ==") base64.decode("?") base64.encode("a") base64.is_valid("YQ==") base64.is_valid("?")
base64url.decode("YQ") base64url.decode("_-8=") base64url.encode("a?>") base64url.encode_no_pad("a")
bits.and(6,3) bits.or(6,3) bits.xor(6,3) bits.lsh(1,4) bits.rsh(16,2) bits.negate(5) bits.lsh(1,-1) bits.and(1.5,1)
ceil(1.2) floor(1.8) round(1.5) round(2.5) round(-1.5) ceil(-0.5)
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
json.marshal({"b":1,"a":[1,null]}) json.marshal("a<b") json.marshal({1,2}) json.marshal(0.1) json.marshal(1e21) json.marshal("é😀") json.marshal({1:2})
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
sprintf("%s",["a"]) sprintf("%d",[3]) sprintf("%v",[{"a":1}]) sprintf("%v",[[1,"a",null]]) sprintf("%s",[3]) sprintf("%d",["a"]) sprintf("%d",[3.5]) sprintf("%d",[3.0]) sprintf("%q",["a\\"b"]) sprintf("%q",[3]) sprintf("%x",[255]) sprintf("%X",[255]) sprintf("%o",[8]) sprintf("%b",[5]) sprintf("%f",[1.5]) sprintf("%.2f",[1.555]) sprintf("%e",[12345.678]) sprintf("%g",[0.00001]) sprintf("%5d|",[3]) sprintf("%-5d|",[3]) sprintf("%05d",[3]) sprintf("%+d",[3]) sprintf("%5s|",["a"]) sprintf("%-5s|",["a"]) sprintf("%.2s",["abc"]) sprintf("%%",[]) sprintf("%s",[]) sprintf("a",[1]) sprintf("%v",[true]) sprintf("%t",[true]) sprintf("%t",[1]) sprintf("%s",[null]) sprintf("%v",[null]) sprintf("%v",[1.5]) sprintf("%v",[{1,2}]) sprintf("%c",[65]) sprintf("%U",[65]) sprintf("%T",["a"]) sprintf("%s %s",["a"]) sprintf("100% of %s",["a"]) sprintf("%[1]s %[1]s",["a"]) sprintf("%*d",[5,3]) sprintf("%#v",["a"]) sprintf("%+v",[3]) sprintf("%v",["a"]) sprintf("%s",[{"a":"b"}]) sprintf("%s",[["a","b"]]) sprintf("%s",[true]) sprintf("%v",[100000000000000000000]) sprintf("%d",[100000000000000000000]) sprintf("%v",[1e21]) sprintf("%v",[0.1]) sprintf("%v",[123456789.0]) sprintf("%s",["é"]) sprintf("%z",["a"]) sprintf("%",["a"]) sprintf("%v %v",[1,2,3]) sprintf("%s",null) sprintf("%x",["hi"]) sprintf("%08.3f",[3.14159]) sprintf("% d",[3]) sprintf("%d",[-3]) sprintf("%d%%",[5]) sprintf("%v",["a\\nb"]) sprintf("%s",[1.5]) sprintf("%i",[1]) sprintf("%f",[1]) sprintf("%d",[true]) sprintf("%d",[null])
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
"""


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
    for name, text in generated(400):
        yield name, {**base, "modules": {"p.rego": ["", text]}}
    for call in calls():
        # By data, so that OPA's type checker does not see the arguments before they are there.
        yield f"call {call}", {"rule": "data.p.r", "modules": {"p.rego": ["", f"package p\n\nr := {call}\n"]}}
