internal import Evaluation
internal import Records

/// The JSON Schema (2020-12) of explanations, closed: what it does not name is not there.
enum ExplanationSchema {
    private static let states = words(State.allCases.map(\.name))

    static let text = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "urn:tenure:schema:explain:\(ExplanationJSON.schemaVersion)",
          "title": "Tenure explanation",
          "description": "Everything that led to the decisions about the records of one id. Null is what does not apply.",
          "type": "object",
          "additionalProperties": false,
          "required": ["schemaVersion", "asOf", "policyDigest", "precedence", "records"],
          "properties": {
            "schemaVersion": {"const": "\(ExplanationJSON.schemaVersion)"},
            "asOf": {"type": "string"},
            "policyDigest": {"type": "string"},
            "precedence": {"type": "string", "description": "What outranks what."},
            "records": {"type": "array", "items": {"$ref": "#/$defs/record"}}
          },
          "$defs": {
            "text": {"type": ["string", "null"]},
            "texts": {"type": "array", "items": {"type": "string"}},
            "interval": {
              "type": "object", "additionalProperties": false, "required": ["earliest", "latest"],
              "properties": {"earliest": {"$ref": "#/$defs/text"}, "latest": {"$ref": "#/$defs/text"}}
            },
            "reading": {
              "type": "object", "additionalProperties": false,
              "required": ["state", "clock", "deleteAt", "dueAt", "overdueAt"],
              "properties": {
                "state": {"enum": \(states)},
                "clock": {"$ref": "#/$defs/text"}, "deleteAt": {"$ref": "#/$defs/text"},
                "dueAt": {"$ref": "#/$defs/text"}, "overdueAt": {"$ref": "#/$defs/text"}
              }
            },
            "clock": {
              "type": "object", "additionalProperties": false, "required": ["name", "earliest", "latest", "origin"],
              "properties": {
                "name": {"type": "string"}, "earliest": {"$ref": "#/$defs/text"}, "latest": {"$ref": "#/$defs/text"},
                "origin": {"type": "string", "description": "Where it comes from."}
              }
            },
            "decision": {
              "type": "object", "additionalProperties": false,
              "required": ["policy", "rule", "state", "exception", "because", "early", "late"],
              "properties": {
                "policy": {"type": "string"}, "rule": {"type": "string"}, "state": {"enum": \(states)},
                "exception": {"$ref": "#/$defs/text"}, "because": {"type": "string"},
                "early": {"$ref": "#/$defs/reading"}, "late": {"$ref": "#/$defs/reading"}
              }
            },
            "validation": {
              "type": "object", "additionalProperties": false,
              "required": ["policy", "validation", "state", "exception", "because"],
              "properties": {
                "policy": {"type": "string"}, "validation": {"type": "string"}, "state": {"enum": \(states)},
                "exception": {"$ref": "#/$defs/text"}, "because": {"type": "string"}
              }
            },
            "document": {
              "type": "object", "additionalProperties": false,
              "required": [
                "document", "name", "outcome", "at", "condition", "nearMiss", "part", "partAt", "effect"
              ],
              "properties": {
                "document": {"enum": ["policy", "access policy", "hold", "exception"]},
                "name": {"type": "string"},
                "outcome": {"enum": ["matches", "undecided", "differs"]},
                "at": {"type": "string", "description": "file:line:column of the document."},
                "condition": {"$ref": "#/$defs/text", "description": "The first part of the match that fails."},
                "nearMiss": {"type": "boolean", "description": "Whether nothing else fails."},
                "part": {"$ref": "#/$defs/text", "description": "The part of where that fails, as it is written."},
                "partAt": {"$ref": "#/$defs/text", "description": "file:line:column of that part."},
                "effect": {"$ref": "#/$defs/text"}
              }
            },
            "change": {
              "type": "object", "additionalProperties": false, "required": ["goal", "steps"],
              "properties": {
                "goal": {"enum": ["free", "protect"]},
                "steps": {"$ref": "#/$defs/texts", "description": "All of them together were tried, and do it."}
              }
            },
            "record": {
              "type": "object", "additionalProperties": false,
              "required": [
                "source", "kind", "id", "place", "clocks", "decisions", "validations", "keepUntil", "matters",
                "keepers", "documents", "mayGo", "goes", "blockers", "changes"
              ],
              "properties": {
                "source": {"type": "string"},
                "kind": {"enum": \(words(Kind.allCases.map(\.name)))},
                "id": {"type": "string"},
                "place": {"$ref": "#/$defs/text", "description": "The file and line that it was read from."},
                "clocks": {"type": "array", "items": {"$ref": "#/$defs/clock"}},
                "decisions": {"type": "array", "items": {"$ref": "#/$defs/decision"}},
                "validations": {"type": "array", "items": {"$ref": "#/$defs/validation"}},
                "keepUntil": {"$ref": "#/$defs/interval"},
                "matters": {"$ref": "#/$defs/texts"},
                "keepers": {"$ref": "#/$defs/texts", "description": "What keeps it, each with its path."},
                "documents": {"type": "array", "items": {"$ref": "#/$defs/document"}},
                "mayGo": {"type": "boolean"},
                "goes": {"type": "boolean", "description": "By itself, or with what contains it."},
                "blockers": {"$ref": "#/$defs/texts"},
                "changes": {"type": "array", "items": {"$ref": "#/$defs/change"}}
              }
            }
          }
        }

        """

    private static func words(_ words: [String]) -> String {
        "[" + words.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    }
}
