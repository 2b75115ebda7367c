internal import Evaluation
internal import Policies
internal import Records

extension DifferenceReport {
    /// The JSON Schema (2020-12) of the JSON form, closed: what it does not name is not there.
    public static var schema: String {
        """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "urn:tenure:schema:diff:\(schemaVersion)",
          "title": "Tenure difference",
          "description": "What a change of documents comes to, and what it does to records. Null is what does not apply.",
          "type": "object",
          "additionalProperties": false,
          "required": [
            "schemaVersion", "tool", "asOf", "against", "policies", "documents", "data", "exitCode"
          ],
          "properties": {
            "schemaVersion": {"const": "\(schemaVersion)"},
            "tool": {"$ref": "#/$defs/tool"},
            "asOf": {"type": "string", "description": "The instant at which both sides are decided."},
            "against": {"$ref": "#/$defs/side", "description": "The old side."},
            "policies": {"$ref": "#/$defs/side", "description": "The new side."},
            "documents": {
              "description": "Documents that say something else, by kind and name.",
              "type": "array",
              "items": {"$ref": "#/$defs/document"}
            },
            "data": {
              "description": "What the records say; null where only documents were compared.",
              "anyOf": [{"$ref": "#/$defs/data"}, {"type": "null"}]
            },
            "exitCode": {"enum": [0, 3, 4]}
          },
          "$defs": {
            \(SchemaParts.common),
            "side": {
              "type": "object",
              "additionalProperties": false,
              "required": ["name", "revision", "policyDigest"],
              "properties": {
                "name": {"type": "string", "description": "The directory or revision, as it was named."},
                "revision": {"type": ["string", "null"], "description": "The commit's id, where it is one."},
                "policyDigest": {"type": "string", "description": "Empty where there are no documents."}
              }
            },
            "document": {
              "type": "object",
              "additionalProperties": false,
              "required": ["kind", "name", "change", "fields", "effects"],
              "properties": {
                "kind": {"type": "string"},
                "name": {"type": "string"},
                "change": {"enum": ["added", "removed", "changed"]},
                "fields": {
                  "type": "array",
                  "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["path", "from", "to"],
                    "properties": {
                      "path": {"type": "string"},
                      "from": {"type": ["string", "null"], "description": "JSON, with defaults spelt out."},
                      "to": {"type": ["string", "null"]}
                    }
                  }
                },
                "effects": {
                  "type": "array",
                  "items": {"enum": \(SchemaParts.list(RuleEffect.allCases.map(\.rawValue)))}
                }
              }
            },
            "change": {"enum": \(SchemaParts.list(Standing.Change.allCases.map(\.name)))},
            "changes": {"type": "array", "items": {"$ref": "#/$defs/change"}},
            "tenant": {"type": ["string", "null"], "description": "A token: t- and sixteen digits; or undecided."},
            \(dataSchema)
          }
        }

        """
    }

    private static var dataSchema: String {
        """
        "data": {
              "type": "object",
              "additionalProperties": false,
              "required": ["records", "changes", "groups", "list", "gates", "incomplete"],
              "properties": {
                "records": {"$ref": "#/$defs/count"},
                "changes": {
                  "description": "All records together.",
                  "type": "array",
                  "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["change", "newly", "noLonger"],
                    "properties": {
                      "change": {"$ref": "#/$defs/change"},
                      "newly": {"$ref": "#/$defs/amount"},
                      "noLonger": {"$ref": "#/$defs/amount"}
                    }
                  }
                },
                "groups": {
                  "description": "What is newly true, by document and tenant. A record counts for each document.",
                  "type": "array",
                  "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["change", "documentKind", "document", "tenant", "newly"],
                    "properties": {
                      "change": {"$ref": "#/$defs/change"},
                      "documentKind": {"type": ["string", "null"]},
                      "document": {"type": ["string", "null"]},
                      "tenant": {"$ref": "#/$defs/tenant"},
                      "newly": {"$ref": "#/$defs/amount"}
                    }
                  }
                },
                "list": {
                  "description": "Every record that changes, by source, kind and id.",
                  "type": "array",
                  "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": [
                      "source", "kind", "id", "tenant", "bytes", "created", "newly", "noLonger", "because"
                    ],
                    "properties": {
                      "source": {"type": "string"},
                      "kind": {"enum": \(SchemaParts.list(Kind.allCases.map(\.name)))},
                      "id": {"type": "string", "description": "The provider's own id, or a token where redacted."},
                      "tenant": {"$ref": "#/$defs/tenant"},
                      "bytes": {"type": ["integer", "null"]},
                      "created": {"type": ["string", "null"], "description": "Null where it is not known exactly."},
                      "newly": {"$ref": "#/$defs/changes"},
                      "noLonger": {"$ref": "#/$defs/changes"},
                      "because": {
                        "type": "array",
                        "items": {
                          "type": "object",
                          "additionalProperties": false,
                          "required": ["change", "documentKind", "document"],
                          "properties": {
                            "change": {"$ref": "#/$defs/change"},
                            "documentKind": {"type": "string"},
                            "document": {"type": "string"}
                          }
                        }
                      }
                    }
                  }
                },
                "gates": {
                  "type": "array",
                  "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["option", "limit", "excesses"],
                    "properties": {
                      "option": {"type": "string"},
                      "limit": {"type": "string"},
                      "excesses": {
                        "type": "array",
                        "items": {
                          "type": "object",
                          "additionalProperties": false,
                          "required": ["policy", "records", "matched"],
                          "properties": {
                            "policy": {"type": ["string", "null"]},
                            "records": {"$ref": "#/$defs/count"},
                            "matched": {"type": ["integer", "null"]}
                          }
                        }
                      }
                    }
                  }
                },
                "incomplete": {"$ref": "#/$defs/incomplete"}
              }
            }
        """
    }
}
