internal import Chronology

/// The files that `init` writes.
enum StartingFiles {
    struct File {
        let path: String
        let text: String
        var isProgram = false
    }

    /// The files, the one to edit first in front. The hold register is dated today, for it is true today.
    static func all(today: CivilDate) -> [File] {
        [
            File(path: "policies/retention.yaml", text: retention),
            File(path: "policies/holds.yaml", text: holds(today: today)),
            File(path: "policies/tests/retention.yaml", text: tests),
            File(path: "ci/retention.sh", text: script, isProgram: true),
            File(path: ".github/workflows/retention.yml", text: workflow),
        ]
    }

    private static let retention = """
        # How long records may be kept. `tenure help lint` checks this file, `tenure schema policy` describes it.
        apiVersion: tenure/v1
        kind: RetentionPolicy
        metadata:
          name: default-retention
          title: What nothing else speaks of goes a year after its last activity
        spec:
          default: true                # gives way wherever another policy with an atMost matches
          severity: medium             # critical, high, medium, low or info
          match:
            kinds: [thread, conversation, assistant, file, vectorStore, response, chatCompletion, container]
          clock: {from: lastActivity}  # or created, lastModified, expires
          keep: {atMost: 365d}         # 90d, 6w, 18mo, 7y, or ISO 8601; add atLeast for what must be kept
          overdueAfter: 30d            # due after a year, a violation a month later
          whenDue: review              # report, review or delete
        ---
        # One place where data lives. Without it, name the export on the command line: tenure scan --export DIR.
        #
        # apiVersion: tenure/v1
        # kind: Source
        # metadata: {name: openai-prod}
        # spec:
        #   type: export
        #   path: exports/openai-prod
        #   fields: {subject: metadata.user_id, tenant: metadata.tenant, owner: metadata.owner}
        #
        # A service is read where it is. Instead of type and path:
        #
        #   type: openai
        #   credentials: {env: OPENAI_API_KEY}
        #
        #   type: azure-openai
        #   address: https://NAME.openai.azure.com
        #   credentials: {env: AZURE_OPENAI_API_KEY}
        #
        #   type: azure-foundry
        #   address: https://NAME.services.ai.azure.com/api/projects/PROJECT
        #   credentials: {command: az account get-access-token --resource https://ai.azure.com}

        """

    private static func holds(today: CivilDate) -> String {
        """
        # The list of all legal holds. An empty list says that there are none; without a fresh list nothing is deleted.
        apiVersion: tenure/v1
        kind: HoldRegister
        metadata: {name: holds}
        spec: {asOf: \(today), maxAge: 7d, holds: []}

        """
    }

    private static let tests = """
        # What the policy makes of records that stand here. `tenure test` fails where it makes anything else of them.
        apiVersion: tenure/v1
        kind: PolicyTest
        metadata:
          name: default-retention
          title: A year after its last activity a record is due for review, and a month later overdue
        spec:
          asOf: 2026-11-20T00:00:00Z      # the instant of the test, so that it says the same every day
          policies: [default-retention]   # without this line, all policies take part
          records:
            - {kind: thread, id: active, created: 2024-01-01, lastActivity: 2025-11-20T00:00:01Z}
            - {kind: thread, id: silent, created: 2024-01-01, lastActivity: 2025-11-20T00:00:00Z}
            - {kind: thread, id: late, created: 2024-01-01, lastActivity: 2025-10-21T00:00:01Z}
            - {kind: thread, id: forgotten, created: 2024-01-01, lastActivity: 2025-10-21T00:00:00Z}
            - {kind: thread, id: unread, created: 2024-01-01, lastActivity: {since: 2024-01-01}}
            - {kind: message, id: part, created: 2026-01-01}
            - {kind: assistant, id: user, created: 2026-01-01, uses: [vectorStore/used]}
            - {kind: vectorStore, id: used, created: 2024-01-01, lastActivity: 2024-01-01}
          expect:
            - {policy: default-retention, id: active, state: allowed}
            - {policy: default-retention, id: silent, state: due}
            - {policy: default-retention, id: late, state: due}
            - {policy: default-retention, id: forgotten, state: overdue, severity: medium, mayGo: false}
            - {policy: default-retention, id: unread, state: undetermined}
            - {policy: default-retention, id: part, state: none}
            - {policy: default-retention, id: used, state: in-use}

        """

    private static let script = """
        #!/bin/sh
        # Checks and tests the policies and, where there is an export, the data against them. For any CI server, and for
        # people. --fail-under is the share of the states that policies can give which the tests expect, in percent.
        # usage: sh ci/retention.sh [EXPORT]; without one, export/ is read where it is there.
        set -eu
        cd "$(dirname "$0")/.."
        export=${1:-export}
        tenure lint --policies policies
        tenure test --policies policies --fail-under 100
        if [ $# -gt 0 ] || [ -d "$export" ]; then
            tenure scan --export "$export" --policies policies --redact \\
                --report json=reports/retention.json --report junit=reports/retention.xml \\
                --report sarif=reports/retention.sarif
        fi

        """

    private static let workflow = """
        # Checks and tests the policies on every change, and the data against them every morning.
        name: retention
        on:
          pull_request:
          schedule:
            - cron: "17 5 * * *"
        jobs:
          retention:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@v4
              # Put the tenure command on the PATH here and, in the scheduled run, an export under export/.
              - run: sh ci/retention.sh ${{ github.event_name == 'schedule' && 'export' || '' }}
              - if: always() && github.event_name == 'schedule'
                uses: actions/upload-artifact@v4
                with: {name: retention, path: reports}

        """
}
