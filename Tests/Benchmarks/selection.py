"""The selection that every engine of the benchmark makes: twenty rules over messages, written once.

Each rule becomes a RetentionPolicy for Tenure, a predicate of one SQL statement for DuckDB, and an entry of a table that
jq walks. A message counts for a rule if it matches and its clock lies at least `days` before the as-of instant.
"""

import json

AS_OF = "2026-11-20T00:00:00Z"
AS_OF_SECONDS = 1_795_132_800
DAY = 86_400


def rule(name, days, clock="created", product=None, tenant=None, prefix=None):
    return {"name": name, "days": days, "clock": clock, "product": product, "tenant": tenant, "prefix": prefix}


# The days are such that about one message in a hundred counts on the estate with 1 % overdue.
RULES = (
    [rule("support", 190, product="support"), rule("sales", 290, product="sales"),
     rule("internal", 520, product="internal"), rule("everything", 600)]
    + [rule(f"tenant-{n:03}", 200 + 10 * n, tenant=f"t{n:03}") for n in range(1, 9)]
    + [rule(f"support-{n:03}", 110, clock="lastActivity", product="support", tenant=f"t{n:03}") for n in range(9, 13)]
    + [rule("absent", 1, product="none"), rule("group-17", 150, product="support", prefix="t17"),
       rule("group-18", 260, clock="lastActivity", product="sales", prefix="t18"),
       rule("group-19", 380, prefix="t19")]
)
assert len(RULES) == 20


def metadata(rule):
    return {key: rule[key] for key in ("product", "tenant") if rule[key]}


def policies():
    """The rules as policy documents, and the register that says that nothing is held."""
    for rule in RULES:
        match = {"kinds": ["message"]}
        if metadata(rule):
            match["metadata"] = metadata(rule)
        if rule["prefix"]:
            guard = "has(object.metadata.tenant) && object.metadata.tenant"
            match["where"] = f"{guard}.startsWith('{rule['prefix']}')"
        yield {
            "apiVersion": "tenure/v1", "kind": "RetentionPolicy", "metadata": {"name": f"bench-{rule['name']}"},
            "spec": {
                "severity": "high", "match": match, "clock": {"from": rule["clock"]},
                "keep": {"atMost": f"{rule['days']}d"}, "mode": "enforce", "whenDue": "report",
            },
        }
    yield {
        "apiVersion": "tenure/v1", "kind": "HoldRegister", "metadata": {"name": "holds"},
        "spec": {"asOf": "2026-11-20", "maxAge": "7d", "holds": []},
    }


def write_policies(path):
    # JSON is YAML, but for the document marks.
    with open(path, "w") as file:
        for document in policies():
            file.write("---\n" + json.dumps(document, indent=2) + "\n")


def limit(rule):
    """The latest time, in seconds, of a message that counts."""
    return AS_OF_SECONDS - rule["days"] * DAY


def predicate(rule):
    """The rule in SQL over the columns `created`, `activity`, `product`, `tenant`."""
    clock = "created" if rule["clock"] == "created" else "activity"
    parts = [f"{clock} <= {limit(rule)}"]
    parts += [f"{key} = '{value}'" for key, value in metadata(rule).items()]
    if rule["prefix"]:
        parts.append(f"starts_with(tenant, '{rule['prefix']}')")
    return " AND ".join(parts)


def table():
    """The rules as the table that `select.jq` walks."""
    return [dict(rule, limit=limit(rule)) for rule in RULES]
