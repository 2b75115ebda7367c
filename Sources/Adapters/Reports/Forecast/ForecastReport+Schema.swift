internal import Evaluation
internal import Policies

extension ForecastReport {
    /// The JSON Schema (2020-12) of the JSON form, closed: what it does not name is not there.
    public static var schema: String {
        """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "urn:tenure:schema:forecast:\(schemaVersion)",
          "title": "Tenure forecast",
          "description": "What becomes due when, if nothing happens to the records. Null is what does not apply.",
          "type": "object",
          "additionalProperties": false,
          "required": ["schemaVersion", "tool", "policyDigest", "zoneDataVersion", "steps", "exitCode"],
          "properties": {
            "schemaVersion": {"const": "\(schemaVersion)"},
            "tool": {"$ref": "#/$defs/tool"},
            "policyDigest": {"type": "string"},
            "zoneDataVersion": {"type": "string"},
            "steps": {
              "description": "The instants, ascending: the as-of, each step after it, and the end.",
              "type": "array",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["asOf", "records", "mayGo", "all", "states", "policies", "incomplete"],
                "properties": {
                  "asOf": {"type": "string"},
                  "records": {"$ref": "#/$defs/count"},
                  "mayGo": {"$ref": "#/$defs/count", "description": "Records that may be deleted then."},
                  "all": {
                    "description": "Under policies in force, each record once.",
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["due", "overdue", "newlyDue", "mayGo"],
                    "properties": {\(amounts)}
                  },
                  "states": {"$ref": "#/$defs/states"},
                  "policies": {
                    "type": "array",
                    "items": {
                      "type": "object",
                      "additionalProperties": false,
                      "required": [
                        "policy", "severity", "mode", "matched", "due", "overdue", "newlyDue", "mayGo", "states"
                      ],
                      "properties": {
                        "policy": {"type": "string"},
                        "severity": {"enum": \(SchemaParts.list(Severity.allCases.map(\.name)))},
                        "mode": {"enum": \(SchemaParts.list(RetentionPolicy.Mode.allCases.map(\.rawValue)))},
                        "matched": {"$ref": "#/$defs/count"},
                        \(amounts),
                        "states": {"$ref": "#/$defs/states"}
                      }
                    }
                  },
                  "incomplete": {"$ref": "#/$defs/incomplete"}
                }
              }
            },
            "exitCode": {"enum": [0, 3]}
          },
          "$defs": {
            \(SchemaParts.common),
            "states": {
              "description": "The counts of a scan at that instant.",
              "type": "object",
              "additionalProperties": false,
              "required": \(SchemaParts.list(State.allCases.map(\.name))),
              "properties": {\(State.allCases.map { "\"\($0.name)\": {\"$ref\": \"#/$defs/count\"}" }.joined(separator: ", "))}
            }
          }
        }

        """
    }

    private static let amounts = ["due", "overdue", "newlyDue", "mayGo"].map {
        "\"\($0)\": {\"$ref\": \"#/$defs/amount\"}"
    }.joined(separator: ", ")
}
