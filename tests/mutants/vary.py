"""Arguments that differ from a case's by chance, and what solutions give for them. It runs in the engine, as the text of a case.

Elements of lists are dropped, doubled, shuffled and made equal; values become others that cases have in the same place, whole
numbers also the next ones, texts lose, double and swap characters. Zero, negative and empty values come only where a case has such.
"""


class Chance:
    """The same choices on every machine, for each seed."""

    def __init__(self, seed):
        self.state = (seed * 0x9E3779B97F4A7C15 + 0x2545F4914F6CDD1D) % 2**64

    def below(self, end):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % max(end, 1)

    def one(self, values):
        return values[self.below(len(values))]


def places(value, path=(), role=()):
    """All that is in a value: where, what it is there for, and itself. What lists have in common is one role."""
    yield path, role, value
    if isinstance(value, (list, tuple)):
        for at, item in enumerate(value):
            yield from places(item, (*path, at), (*role, "*" if isinstance(value, list) else at))
    elif isinstance(value, dict):
        named = is_record(value, path)
        for key, item in value.items():
            yield from places(item, (*path, key), (*role, key if named else "*"))


def is_record(value, path):
    """Whether a dict has fields, and not whatever keys: as an element of a list."""
    return len(path) > 1 and isinstance(path[-1], int) and all(isinstance(key, str) for key in value)


def copied(value):
    if isinstance(value, (list, tuple, set)):
        return type(value)(map(copied, value))
    return {key: copied(item) for key, item in value.items()} if isinstance(value, dict) else value


def replaced(value, path, new):
    if not path:
        return new
    first, *rest = path
    if isinstance(value, dict):
        return {key: replaced(item, rest, new) if key == first else item for key, item in value.items()}
    return type(value)(replaced(item, rest, new) if at == first else item for at, item in enumerate(value))


def args(cases, at, seed):
    """A case's arguments, varied."""
    known = [eval(case.strip()) for case in cases]
    pools = {}
    for given in known:
        for _, role, value in places(given):
            pools.setdefault(role, []).append(value)
    value, chance = known[at], Chance(seed)
    for _ in range(1 + chance.below(4)):
        value = varied(value, pools, chance)
    return value


def varied(given, pools, chance):
    inner = [place for place in places(given) if place[0]]
    holders = [place for place in inner if place[2] and is_holder(place)]
    leaves = [place for place in inner if not is_holder(place) and not isinstance(place[2], tuple)]
    kinds = [kind for kind in (holders, leaves) if kind]
    if not kinds:
        return given
    path, role, value = chance.one(chance.one(kinds))
    pool = pools.get(role, [value])
    if chance.below(4) == 0:
        new = copied(chance.one(pool))
    elif isinstance(value, list):
        new = varied_list(value, chance)
    elif isinstance(value, dict):
        new = dict(varied_list(list(value.items()), chance))
    else:
        new = varied_leaf(value, pool, chance)
    return replaced(given, path, new)


def is_holder(place):
    path, _, value = place
    return isinstance(value, list) or isinstance(value, dict) and not is_record(value, path)


def varied_list(items, chance):
    items = [copied(item) for item in items]
    one, other = chance.below(len(items)), chance.below(len(items))
    match chance.below(6):
        case 0:
            del items[one]
        case 1:
            items.insert(other, copied(items[one]))
        case 2:
            for at in range(len(items) - 1, 0, -1):
                to = chance.below(at + 1)
                items[at], items[to] = items[to], items[at]
        case 3:
            items[one], items[other] = items[other], items[one]
        case 4:
            items[one] = equal(items[one], items[other])
        case 5:
            items = items[:one] if chance.below(2) else items[one:]
    return items


def equal(item, other):
    """An element that is like another; of a dict, under its own key."""
    return (item[0], copied(other[1])) if isinstance(item, tuple) and len(item) == 2 == len(other) else copied(other)


def varied_leaf(value, pool, chance):
    if type(value) is bool:
        return not value
    if type(value) is int:
        least = min([1] + [known for known in pool if type(known) is int])
        return max(least, value + chance.one([-2, -1, 1, 2]))
    if type(value) is str and value and chance.below(2):
        at = chance.below(len(value))
        return chance.one([value[:at] + value[at + 1 :], value[:at] + value[at] + value[at:], value[:at] + value[at + 1 :][:1] + value[at] + value[at + 2 :]])
    return copied(chance.one(pool))


def expected(cases, at, seed, solutions, entry, promises):
    """What the first solution gives; an error if it gives nothing, another one gives something else, or a promise is broken."""
    answers = []
    for source in solutions:
        names = {"__name__": "solution"}
        exec(compile(source, "solution", "exec"), names)
        given = args(cases, at, seed)
        code = names[entry].__code__
        named = dict(zip(code.co_varnames[: code.co_argcount], given))
        for promise in promises:
            if not eval(promise, dict(named)):
                raise ValueError("it breaks a promise")
        answers.append(names[entry](*given))
    if any(answer != answers[0] for answer in answers):
        raise ValueError(f"the solutions differ: {answers}")
    return answers[0]


def piece(cases, at, seed, start, end):
    """Says a part of the arguments, as an error."""
    raise ValueError(repr(args(cases, at, seed))[start:end])
