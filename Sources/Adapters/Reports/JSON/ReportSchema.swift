internal import Evaluation
internal import Policies
internal import Records

extension ScanReport {
    /// The JSON Schema (2020-12) of the JSON report, closed: what it does not name is not there.
    public static var schema: String {
        """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "urn:tenure:schema:report:\(schemaVersion)",
          "title": "Tenure scan report",
          "description": "What one scan found, what it could not look at, and its verdict. Null is what does not apply; of a run without a result, all that it did not find out.",
          "type": "object",
          "additionalProperties": false,
          "required": [
            "schemaVersion", "tool", "asOf", "policyDigest", "zoneDataVersion", "options", "sources", "summary",
            "findings", "baseline", "problems", "incomplete", "warnings", "exitCode"
          ],
          "properties": {
            "schemaVersion": {"const": "\(schemaVersion)", "description": "The version of this form."},
            "tool": {
              "description": "The program that made the report.",
              "type": "object",
              "additionalProperties": false,
              "required": ["name", "version"],
              "properties": {"name": {"const": "tenure"}, "version": {"type": "string"}}
            },
            "asOf": {"$ref": "#/$defs/instant", "description": "The one instant at which everything was decided."},
            "policyDigest": {
              "type": ["string", "null"],
              "description": "SHA-256 of all policy documents in canonical form, in hexadecimal."
            },
            "zoneDataVersion": {"type": "string", "description": "The version of the time zone data."},
            "options": {
              "description": "What the caller of the scan decided.",
              "anyOf": [{"$ref": "#/$defs/options"}, {"type": "null"}]
            },
            "sources": {
              "description": "What could be looked at, by source.",
              "type": ["array", "null"],
              "items": {"$ref": "#/$defs/source"}
            },
            "summary": {"anyOf": [{"$ref": "#/$defs/summary"}, {"type": "null"}]},
            "findings": {
              "description": "By policy's name, then source, kind and id; what no policy says comes last. Null where there is no result.",
              "type": ["array", "null"],
              "items": {"$ref": "#/$defs/finding"}
            },
            "baseline": {
              "description": "What the baseline is and which of its entries no finding met; null without one.",
              "anyOf": [{"$ref": "#/$defs/baseline"}, {"type": "null"}]
            },
            "problems": {
              "description": "What is wrong with the data itself: at most \(ProblemLog.keptPerCode) of each code.",
              "type": ["array", "null"],
              "items": {"$ref": "#/$defs/problem"}
            },
            "incomplete": {
              "description": "Why the scan did not see or decide everything; empty where it did.",
              "type": "array",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["source", "message"],
                "properties": {"source": {"type": ["string", "null"]}, "message": {"type": "string"}}
              }
            },
            "warnings": {
              "description": "What deserves a look and fails nothing.",
              "type": "array",
              "items": {"type": "string"}
            },
            "exitCode": {
              "enum": [0, 1, 2, 3],
              "description": "0 clean; 1 violations, complete or not; 2 nothing was scanned; 3 incomplete."
            }
          },
          "$defs": {
        \(definitions)
          }
        }

        """
    }

    private static var definitions: String {
        """
            "instant": {
              "type": "string",
              "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?Z$"
            },
            "end": {
              "description": "An instant, or unbounded where there is no end.",
              "anyOf": [{"$ref": "#/$defs/instant"}, {"const": "\(MomentText.open)"}, {"type": "null"}]
            },
            "count": {"type": "integer", "minimum": 0},
            "options": {
              "type": "object",
              "additionalProperties": false,
              "required": ["failOn", "requireCoverage", "redact"],
              "properties": {
                "failOn": {
                  "$ref": "#/$defs/severity", "description": "The least severity at which a violation fails the run."
                },
                "requireCoverage": {
                  "type": "boolean", "description": "Whether a record that no policy limits is a violation."
                },
                "redact": {"type": "boolean", "description": "Whether ids are tokens: r- and sixteen digits."}
              }
            },
            "kind": {"enum": \(list(Kind.allCases.map(\.name)))},
            "severity": {"enum": \(list(Severity.allCases.map(\.name)))},
            "states": {
              "description": "How many pairs of record and policy are in each state.",
              "type": "object",
              "additionalProperties": false,
              "required": \(list(State.allCases.map(\.name))),
              "properties": {
        \(members(State.allCases.map(\.name)))
              }
            },
            "source": {
              "type": "object",
              "additionalProperties": false,
              "required": ["name", "type", "lostOfUnknownKind", "kinds", "acceptedGaps"],
              "properties": {
                "name": {"type": "string"},
                "type": {"type": "string", "description": "What kind of place it is: export."},
                "lostOfUnknownKind": {
                  "$ref": "#/$defs/count", "description": "Lines that were lost and whose kind nobody knows."
                },
                "kinds": {
                  "type": "array",
                  "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["kind", "listed", "complete", "records", "lost"],
                    "properties": {
                      "kind": {"$ref": "#/$defs/kind"},
                      "listed": {"type": "boolean", "description": "Whether the source has a place for the kind."},
                      "complete": {"type": "boolean", "description": "Whether it was read to its end."},
                      "records": {"$ref": "#/$defs/count"},
                      "lost": {"$ref": "#/$defs/count", "description": "Lines that could not be read."}
                    }
                  }
                },
                "acceptedGaps": {
                  "type": "array",
                  "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["kinds", "reason", "ticket", "until", "inEffect"],
                    "properties": {
                      "kinds": {"type": "array", "items": {"$ref": "#/$defs/kind"}},
                      "reason": {"type": "string"},
                      "ticket": {"type": ["string", "null"]},
                      "until": {"type": "string", "description": "The last day, as written."},
                      "inEffect": {"type": "boolean", "description": "Whether it is still accepted."}
                    }
                  }
                }
              }
            },
            "summary": {
              "type": "object",
              "additionalProperties": false,
              "required": ["records", "violations", "baselined", "mayGo", "states", "policies", "problems"],
              "properties": {
                "records": {"$ref": "#/$defs/count"},
                "violations": {
                  "$ref": "#/$defs/count", "description": "Violations at or above the severity that fails the run."
                },
                "baselined": {"$ref": "#/$defs/count", "description": "Violations that the baseline holds."},
                "mayGo": {"$ref": "#/$defs/count", "description": "Records that may be deleted now."},
                "states": {"$ref": "#/$defs/states"},
                "policies": {
                  "type": "array",
                  "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["policy", "kind", "severity", "mode", "matched", "states"],
                    "properties": {
                      "policy": {"type": "string"},
                      "kind": {"enum": ["RetentionPolicy", "AccessPolicy"]},
                      "severity": {"$ref": "#/$defs/severity"},
                      "mode": {"enum": \(list(RetentionPolicy.Mode.allCases.map(\.rawValue)))},
                      "matched": {"$ref": "#/$defs/count", "description": "Records that the policy matches."},
                      "states": {"$ref": "#/$defs/states"}
                    }
                  }
                },
                "problems": {
                  "description": "How many problems there were of each code.",
                  "type": "object",
                  "propertyNames": {"$ref": "#/$defs/code"},
                  "additionalProperties": {"$ref": "#/$defs/count"}
                }
              }
            },
            "finding": {
              "description": "A pair of record and policy, or what stands beside the pairs. Instants of a clock that is not known exactly are late ends.",
              "type": "object",
              "additionalProperties": false,
              "required": [
                "policy", "rule", "severity", "controls", "source", "kind", "id", "state", "clock", "clockEarliest",
                "clockLatest", "keepUntil", "matters", "deleteAt", "dueAt", "overdueAt", "pastMax", "mayGo", "baselined",
                "exception", "because"
              ],
              "properties": {
                "policy": {"type": ["string", "null"]},
                "rule": {
                  "type": "string",
                  "description": "atMost, atLeast or coverage, or the name of an access policy's validation."
                },
                "severity": {"$ref": "#/$defs/severity"},
                "controls": {"type": "array", "items": {"type": "string"}},
                "source": {"type": "string"},
                "kind": {"$ref": "#/$defs/kind"},
                "id": {"type": "string", "description": "The provider's own id, or a token where redacted."},
                "state": {"enum": \(list(State.allCases.map(\.name)))},
                "clock": {"type": ["string", "null"], "description": "What the rule counts from."},
                "clockEarliest": {"$ref": "#/$defs/end"},
                "clockLatest": {"$ref": "#/$defs/end"},
                "keepUntil": {"$ref": "#/$defs/end", "description": "Before it the record must exist."},
                "matters": {"type": "array", "items": {"type": "string"}, "description": "Holds that keep it."},
                "deleteAt": {"$ref": "#/$defs/end", "description": "When the rule's limit is reached."},
                "dueAt": {"$ref": "#/$defs/end", "description": "From when it should go."},
                "overdueAt": {"$ref": "#/$defs/end", "description": "From when it is a violation that it has not."},
                "pastMax": {"type": "boolean", "description": "Past its limit, and kept by an obligation."},
                "mayGo": {"type": "boolean", "description": "Whether the record may be deleted now."},
                "baselined": {
                  "type": "boolean", "description": "Whether the baseline holds it: a violation that fails no run."
                },
                "exception": {
                  "description": "The live exception that covers it.",
                  "anyOf": [{"$ref": "#/$defs/exception"}, {"type": "null"}]
                },
                "because": {"type": "string", "description": "The reason, in one line."}
              }
            },
            "exception": {
              "type": "object",
              "additionalProperties": false,
              "required": ["name", "ticket", "expiresAt"],
              "properties": {
                "name": {"type": "string"},
                "ticket": {"type": ["string", "null"]},
                "expiresAt": {"type": "string", "description": "The last day on which it lives, as written."}
              }
            },
            "baseline": {
              "type": "object",
              "additionalProperties": false,
              "required": ["asOf", "expiresAt", "expired", "stale"],
              "properties": {
                "asOf": {"$ref": "#/$defs/instant", "description": "When it was made or updated last."},
                "expiresAt": {"anyOf": [{"$ref": "#/$defs/instant"}, {"type": "null"}]},
                "expired": {"type": "boolean", "description": "Whether it has ended, and covers nothing."},
                "stale": {
                  "description": "Entries that no finding met, and how many fewer there were.",
                  "type": "array",
                  "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["policy", "rule", "source", "kind", "id", "count"],
                    "properties": {
                      "policy": {"type": ["string", "null"]},
                      "rule": {"type": "string"},
                      "source": {"type": "string"},
                      "kind": {"$ref": "#/$defs/kind"},
                      "id": {"type": "string"},
                      "count": {"type": "integer", "minimum": 1}
                    }
                  }
                }
              }
            },
            "code": {"enum": \(list(Problem.Code.allCases.map(\.rawValue)))},
            "problem": {
              "type": "object",
              "additionalProperties": false,
              "required": ["code", "source", "file", "line", "kind", "id", "losesData", "message"],
              "properties": {
                "code": {"$ref": "#/$defs/code"},
                "source": {"type": "string"},
                "file": {"type": ["string", "null"], "description": "The file, relative to the export."},
                "line": {"type": ["integer", "null"], "minimum": 1},
                "kind": {"anyOf": [{"$ref": "#/$defs/kind"}, {"type": "null"}]},
                "id": {"type": ["string", "null"]},
                "losesData": {"type": "boolean", "description": "Whether it makes the scan incomplete."},
                "message": {"type": "string"}
              }
            }
        """
    }

    private static func list(_ words: [String]) -> String {
        "[" + words.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    }

    private static func members(_ words: [String]) -> String {
        words.map { "        \"\($0)\": {\"$ref\": \"#/$defs/count\"}" }.joined(separator: ",\n")
    }
}
