import Chronology

/// The sample's reports as they should be. The version of the time zone data is the machine's own.
enum Expected {
    static let json = #"""
        {
          "schemaVersion": "1",
          "tool": {"name":"tenure","version":"1.2.3"},
          "asOf": "2026-11-20T00:00:00Z",
          "policyDigest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
          "zoneDataVersion": "\#(ZoneData.version)",
          "options": {"failOn":"low","requireCoverage":true,"strict":false,"redact":false},
          "sources": [
            {
              "name": "export",
              "type": "export",
              "lostOfUnknownKind": 0,
              "rereading": null,
              "kinds": [
                {"kind":"assistant","listed":true,"complete":true,"extent":"whole","listable":false,"retired":false,"retiredSurface":null,"records":1,"lost":0,"missing":0,"unreadUses":0,"registryIds":0,"harvestedIds":0,"rememberedIds":0,"goneIds":0,"acceptedUntil":null},
                {"kind":"thread","listed":true,"complete":true,"extent":"whole","listable":false,"retired":false,"retiredSurface":null,"records":0,"lost":0,"missing":0,"unreadUses":0,"registryIds":0,"harvestedIds":0,"rememberedIds":0,"goneIds":0,"acceptedUntil":null},
                {"kind":"message","listed":true,"complete":true,"extent":"whole","listable":false,"retired":false,"retiredSurface":null,"records":0,"lost":0,"missing":0,"unreadUses":0,"registryIds":0,"harvestedIds":0,"rememberedIds":0,"goneIds":0,"acceptedUntil":null},
                {"kind":"run","listed":false,"complete":false,"extent":"none","listable":false,"retired":false,"retiredSurface":null,"records":0,"lost":0,"missing":0,"unreadUses":0,"registryIds":0,"harvestedIds":0,"rememberedIds":0,"goneIds":0,"acceptedUntil":"2027-02-26"},
                {"kind":"runStep","listed":true,"complete":true,"extent":"whole","listable":false,"retired":false,"retiredSurface":null,"records":0,"lost":0,"missing":0,"unreadUses":0,"registryIds":0,"harvestedIds":0,"rememberedIds":0,"goneIds":0,"acceptedUntil":null},
                {"kind":"file","listed":true,"complete":false,"extent":"part","listable":false,"retired":false,"retiredSurface":null,"records":10,"lost":1,"missing":0,"unreadUses":0,"registryIds":0,"harvestedIds":0,"rememberedIds":0,"goneIds":0,"acceptedUntil":null},
                {"kind":"vectorStore","listed":true,"complete":true,"extent":"whole","listable":false,"retired":false,"retiredSurface":null,"records":0,"lost":0,"missing":0,"unreadUses":0,"registryIds":0,"harvestedIds":0,"rememberedIds":0,"goneIds":0,"acceptedUntil":null},
                {"kind":"vectorStoreFile","listed":true,"complete":true,"extent":"whole","listable":false,"retired":false,"retiredSurface":null,"records":0,"lost":0,"missing":0,"unreadUses":0,"registryIds":0,"harvestedIds":0,"rememberedIds":0,"goneIds":0,"acceptedUntil":null},
                {"kind":"conversation","listed":true,"complete":true,"extent":"whole","listable":false,"retired":false,"retiredSurface":null,"records":0,"lost":0,"missing":0,"unreadUses":0,"registryIds":0,"harvestedIds":0,"rememberedIds":0,"goneIds":0,"acceptedUntil":null},
                {"kind":"item","listed":true,"complete":true,"extent":"whole","listable":false,"retired":false,"retiredSurface":null,"records":0,"lost":0,"missing":0,"unreadUses":0,"registryIds":0,"harvestedIds":0,"rememberedIds":0,"goneIds":0,"acceptedUntil":null},
                {"kind":"response","listed":true,"complete":true,"extent":"whole","listable":false,"retired":false,"retiredSurface":null,"records":0,"lost":0,"missing":0,"unreadUses":0,"registryIds":0,"harvestedIds":0,"rememberedIds":0,"goneIds":0,"acceptedUntil":null},
                {"kind":"chatCompletion","listed":true,"complete":true,"extent":"whole","listable":false,"retired":false,"retiredSurface":null,"records":0,"lost":0,"missing":0,"unreadUses":0,"registryIds":0,"harvestedIds":0,"rememberedIds":0,"goneIds":0,"acceptedUntil":null},
                {"kind":"container","listed":true,"complete":true,"extent":"whole","listable":false,"retired":false,"retiredSurface":null,"records":0,"lost":0,"missing":0,"unreadUses":0,"registryIds":0,"harvestedIds":0,"rememberedIds":0,"goneIds":0,"acceptedUntil":null},
                {"kind":"containerFile","listed":true,"complete":true,"extent":"whole","listable":false,"retired":false,"retiredSurface":null,"records":0,"lost":0,"missing":0,"unreadUses":0,"registryIds":0,"harvestedIds":0,"rememberedIds":0,"goneIds":0,"acceptedUntil":null},
                {"kind":"batch","listed":true,"complete":true,"extent":"whole","listable":false,"retired":false,"retiredSurface":null,"records":0,"lost":0,"missing":0,"unreadUses":0,"registryIds":0,"harvestedIds":0,"rememberedIds":0,"goneIds":0,"acceptedUntil":null},
                {"kind":"upload","listed":true,"complete":true,"extent":"whole","listable":false,"retired":false,"retiredSurface":null,"records":0,"lost":0,"missing":0,"unreadUses":0,"registryIds":0,"harvestedIds":0,"rememberedIds":0,"goneIds":0,"acceptedUntil":null}
              ],
              "acceptedGaps": [
                {"kinds":["run"],"reason":"Surface retired","ticket":"PRIV-190","until":"2027-02-26","inEffect":true}
              ]
            }
          ],
          "summary": {
            "records": 11,
            "violations": 9,
            "baselined": 0,
            "mayGo": 2,
            "states": {"error":2,"overdue":2,"denied":1,"lost":0,"resurrected":0,"early-expiry":2,"uncovered":1,"undetermined":1,"due":1,"held":2,"excepted":1,"in-use":1,"kept":1,"allowed":1},
            "policies": [
              {"policy":"files","kind":"RetentionPolicy","severity":"high","mode":"enforce","matched":10,"states":{"error":0,"overdue":2,"denied":0,"lost":0,"resurrected":0,"early-expiry":0,"uncovered":0,"undetermined":1,"due":1,"held":2,"excepted":1,"in-use":1,"kept":1,"allowed":1}},
              {"policy":"forever","kind":"RetentionPolicy","severity":"medium","mode":"enforce","matched":1,"states":{"error":1,"overdue":0,"denied":0,"lost":0,"resurrected":0,"early-expiry":0,"uncovered":0,"undetermined":0,"due":0,"held":0,"excepted":0,"in-use":0,"kept":0,"allowed":0}},
              {"policy":"minimum","kind":"RetentionPolicy","severity":"medium","mode":"enforce","matched":2,"states":{"error":0,"overdue":0,"denied":0,"lost":0,"resurrected":0,"early-expiry":1,"uncovered":0,"undetermined":0,"due":0,"held":0,"excepted":0,"in-use":0,"kept":0,"allowed":0}},
              {"policy":"sharing","kind":"AccessPolicy","severity":"medium","mode":"enforce","matched":1,"states":{"error":1,"overdue":0,"denied":1,"lost":0,"resurrected":0,"early-expiry":0,"uncovered":0,"undetermined":0,"due":0,"held":0,"excepted":0,"in-use":0,"kept":0,"allowed":0}}
            ],
            "problems": {"malformed-line":1}
          },
          "findings": [
            {"policy":"files","rule":"atMost","severity":"high","controls":["gdpr/5.1.e"],"source":"export","kind":"file","id":"file-due","state":"due","clock":"created","clockEarliest":"2026-08-18T00:00:00Z","clockLatest":"2026-08-18T00:00:00Z","keepUntil":null,"matters":[],"deleteAt":"2026-11-16T00:00:00Z","dueAt":"2026-11-16T00:00:00Z","overdueAt":"2026-11-23T00:00:00Z","pastMax":false,"mayGo":true,"baselined":false,"exception":null,"because":"at most P90D after its creation 2026-08-18T00:00:00Z; due since 2026-11-16T00:00:00Z, overdue from 2026-11-23T00:00:00Z"},
            {"policy":"files","rule":"atMost","severity":"high","controls":["gdpr/5.1.e"],"source":"export","kind":"file","id":"file-early","state":"held","clock":"created","clockEarliest":"2026-06-01T12:00:00.5Z","clockLatest":"2026-06-01T12:00:00.5Z","keepUntil":"unbounded","matters":["matter-7"],"deleteAt":"2026-08-30T12:00:00.5Z","dueAt":"unbounded","overdueAt":"unbounded","pastMax":false,"mayGo":false,"baselined":false,"exception":null,"because":"at most P90D after its creation 2026-06-01T12:00:00.5Z; held by matter-7"},
            {"policy":"files","rule":"atMost","severity":"high","controls":["gdpr/5.1.e"],"source":"export","kind":"file","id":"file-error","state":"overdue","clock":"created","clockEarliest":"2026-06-01T12:00:00.5Z","clockLatest":"2026-06-01T12:00:00.5Z","keepUntil":null,"matters":[],"deleteAt":"2026-08-30T12:00:00.5Z","dueAt":"2026-08-30T12:00:00.5Z","overdueAt":"2026-09-06T12:00:00.5Z","pastMax":false,"mayGo":false,"baselined":false,"exception":null,"because":"at most P90D after its creation 2026-06-01T12:00:00.5Z; due since 2026-08-30T12:00:00.5Z, overdue since 2026-09-06T12:00:00.5Z"},
            {"policy":"files","rule":"atMost","severity":"high","controls":["gdpr/5.1.e"],"source":"export","kind":"file","id":"file-excepted","state":"excepted","clock":"created","clockEarliest":"2026-06-01T12:00:00.5Z","clockLatest":"2026-06-01T12:00:00.5Z","keepUntil":null,"matters":[],"deleteAt":"2026-08-30T12:00:00.5Z","dueAt":"2026-08-30T12:00:00.5Z","overdueAt":"2026-09-06T12:00:00.5Z","pastMax":false,"mayGo":false,"baselined":false,"exception":{"name":"pilot","ticket":"PRIV-212","expiresAt":"2027-03-31"},"because":"at most P90D after its creation 2026-06-01T12:00:00.5Z; excepted by pilot until 2027-03-31 (PRIV-212)"},
            {"policy":"files","rule":"atMost","severity":"high","controls":["gdpr/5.1.e"],"source":"export","kind":"file","id":"file-held","state":"held","clock":"created","clockEarliest":"2026-06-01T12:00:00.5Z","clockLatest":"2026-06-01T12:00:00.5Z","keepUntil":"unbounded","matters":["matter-7"],"deleteAt":"2026-08-30T12:00:00.5Z","dueAt":"unbounded","overdueAt":"unbounded","pastMax":false,"mayGo":false,"baselined":false,"exception":null,"because":"at most P90D after its creation 2026-06-01T12:00:00.5Z; held by matter-7"},
            {"policy":"files","rule":"atMost","severity":"high","controls":["gdpr/5.1.e"],"source":"export","kind":"file","id":"file-in-use","state":"in-use","clock":"created","clockEarliest":"2026-06-01T12:00:00.5Z","clockLatest":"2026-06-01T12:00:00.5Z","keepUntil":null,"matters":[],"deleteAt":"2026-08-30T12:00:00.5Z","dueAt":"2026-08-30T12:00:00.5Z","overdueAt":"2026-09-06T12:00:00.5Z","pastMax":false,"mayGo":false,"baselined":false,"exception":null,"because":"at most P90D after its creation 2026-06-01T12:00:00.5Z; assistant/file-user, which stays, uses it"},
            {"policy":"files","rule":"atMost","severity":"high","controls":["gdpr/5.1.e"],"source":"export","kind":"file","id":"file-kept","state":"kept","clock":"created","clockEarliest":"2026-06-01T12:00:00.5Z","clockLatest":"2026-06-01T12:00:00.5Z","keepUntil":"2031-06-01T12:00:00.5Z","matters":[],"deleteAt":"2026-08-30T12:00:00.5Z","dueAt":"2031-06-01T12:00:00.5Z","overdueAt":"2031-06-08T12:00:00.5Z","pastMax":true,"mayGo":false,"baselined":false,"exception":null,"because":"at most P90D after its creation 2026-06-01T12:00:00.5Z; kept until 2031-06-01T12:00:00.5Z by minimum"},
            {"policy":"files","rule":"atMost","severity":"high","controls":["gdpr/5.1.e"],"source":"export","kind":"file","id":"file-overdue","state":"overdue","clock":"created","clockEarliest":"2026-06-01T12:00:00.5Z","clockLatest":"2026-06-01T12:00:00.5Z","keepUntil":null,"matters":[],"deleteAt":"2026-08-30T12:00:00.5Z","dueAt":"2026-08-30T12:00:00.5Z","overdueAt":"2026-09-06T12:00:00.5Z","pastMax":false,"mayGo":true,"baselined":false,"exception":null,"because":"at most P90D after its creation 2026-06-01T12:00:00.5Z; due since 2026-08-30T12:00:00.5Z, overdue since 2026-09-06T12:00:00.5Z"},
            {"policy":"files","rule":"atMost","severity":"high","controls":["gdpr/5.1.e"],"source":"export","kind":"file","id":"file-undetermined","state":"undetermined","clock":"created","clockEarliest":"unbounded","clockLatest":"2026-11-20T00:00:00Z","keepUntil":null,"matters":[],"deleteAt":"2027-02-18T00:00:00Z","dueAt":"2027-02-18T00:00:00Z","overdueAt":"2027-02-25T00:00:00Z","pastMax":false,"mayGo":false,"baselined":false,"exception":null,"because":"its creation at an unknown time up to 2026-11-20T00:00:00Z: at the earliest it is overdue, at the latest allowed"},
            {"policy":"forever","rule":"atMost","severity":"medium","controls":[],"source":"export","kind":"file","id":"file-error","state":"error","clock":"created","clockEarliest":"2026-06-01T12:00:00.5Z","clockLatest":"2026-06-01T12:00:00.5Z","keepUntil":null,"matters":[],"deleteAt":null,"dueAt":null,"overdueAt":null,"pastMax":false,"mayGo":false,"baselined":false,"exception":null,"because":"its limit is past the year 9999"},
            {"policy":"minimum","rule":"atLeast","severity":"critical","controls":[],"source":"export","kind":"file","id":"file-early","state":"early-expiry","clock":"created","clockEarliest":null,"clockLatest":null,"keepUntil":"unbounded","matters":["matter-7"],"deleteAt":null,"dueAt":null,"overdueAt":null,"pastMax":false,"mayGo":false,"baselined":false,"exception":null,"because":"the provider removes it at 2027-01-01T00:00:00Z, and it is kept until 2031-06-01T12:00:00.5Z by minimum"},
            {"policy":"sharing","rule":"unused","severity":"medium","controls":["iso/5.15"],"source":"export","kind":"file","id":"file-in-use","state":"denied","clock":null,"clockEarliest":null,"clockLatest":null,"keepUntil":null,"matters":[],"deleteAt":null,"dueAt":null,"overdueAt":null,"pastMax":false,"mayGo":false,"baselined":false,"exception":null,"because":"assistant/file-user uses it"},
            {"policy":"sharing","rule":"dated-owner","severity":"medium","controls":["iso/5.15"],"source":"export","kind":"file","id":"file-in-use","state":"error","clock":null,"clockEarliest":null,"clockLatest":null,"keepUntil":null,"matters":[],"deleteAt":null,"dueAt":null,"overdueAt":null,"pastMax":false,"mayGo":false,"baselined":false,"exception":null,"because":"dated-owner could not be decided: an operation does not take these values, at: timestamp(object.metadata.owner)"},
            {"policy":null,"rule":"coverage","severity":"medium","controls":[],"source":"export","kind":"assistant","id":"file-user","state":"uncovered","clock":null,"clockEarliest":null,"clockLatest":null,"keepUntil":null,"matters":[],"deleteAt":null,"dueAt":null,"overdueAt":null,"pastMax":false,"mayGo":false,"baselined":false,"exception":null,"because":"no policy with an atMost speaks of it, nor of anything that contains it"},
            {"policy":null,"rule":"atLeast","severity":"critical","controls":[],"source":"export","kind":"file","id":"file-early","state":"early-expiry","clock":null,"clockEarliest":null,"clockLatest":null,"keepUntil":"unbounded","matters":["matter-7"],"deleteAt":null,"dueAt":null,"overdueAt":null,"pastMax":false,"mayGo":false,"baselined":false,"exception":null,"because":"the provider removes it at 2027-01-01T00:00:00Z, and it is held by matter-7"}
          ],
          "baseline": null,
          "problems": [
            {"code":"malformed-line","source":"export","file":"files.ndjson","line":40,"kind":null,"id":null,"losesData":true,"message":"the line ends within a string"}
          ],
          "incomplete": [
            {"source":null,"message":"policy files: the age of 1 record is not known well enough"},
            {"source":null,"message":"policy forever could not be decided for 1 record"},
            {"source":null,"message":"policy sharing: 1 validation could not be decided"},
            {"source":"export","message":"1 of files could not be read"},
            {"source":"export","message":"data was lost: malformed-line (1)"},
            {"source":"export","message":"the canary file-canary was not seen; check what the source shows, or name another"}
          ],
          "warnings": ["there is no hold register, so nothing can be deleted"],
          "absorbed": null,
          "exitCode": 1
        }

        """#

    static let junit = #"""
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites>
        <testsuite name="files" timestamp="2026-11-20T00:00:00" hostname="localhost" tests="10" failures="2" errors="1" skipped="3" time="0" id="0" package="tenure">
        <properties><property name="tenure.version" value="1.2.3"/><property name="tenure.asOf" value="2026-11-20T00:00:00Z"/><property name="tenure.policyDigest" value="0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"/><property name="tenure.zoneDataVersion" value="\#(ZoneData.version)"/><property name="tenure.exitCode" value="1"/></properties>
        <testcase classname="tenure.files" name="policy" time="0"/>
        <testcase classname="tenure.export.files" name="file/file-due atMost" time="0"/>
        <testcase classname="tenure.export.files" name="file/file-early atMost" time="0"><skipped message="held: at most P90D after its creation 2026-06-01T12:00:00.5Z; held by matter-7"/></testcase>
        <testcase classname="tenure.export.files" name="file/file-error atMost" time="0"><failure type="overdue" message="overdue: at most P90D after its creation 2026-06-01T12:00:00.5Z; due since 2026-08-30T12:00:00.5Z, overdue since 2026-09-06T12:00:00.5Z">overdue: at most P90D after its creation 2026-06-01T12:00:00.5Z; due since 2026-08-30T12:00:00.5Z, overdue since 2026-09-06T12:00:00.5Z
        severity high; controls gdpr/5.1.e</failure></testcase>
        <testcase classname="tenure.export.files" name="file/file-excepted atMost" time="0"><skipped message="excepted: at most P90D after its creation 2026-06-01T12:00:00.5Z; excepted by pilot until 2027-03-31 (PRIV-212)"/></testcase>
        <testcase classname="tenure.export.files" name="file/file-held atMost" time="0"><skipped message="held: at most P90D after its creation 2026-06-01T12:00:00.5Z; held by matter-7"/></testcase>
        <testcase classname="tenure.export.files" name="file/file-in-use atMost" time="0"/>
        <testcase classname="tenure.export.files" name="file/file-kept atMost" time="0"/>
        <testcase classname="tenure.export.files" name="file/file-overdue atMost" time="0"><failure type="overdue" message="overdue: at most P90D after its creation 2026-06-01T12:00:00.5Z; due since 2026-08-30T12:00:00.5Z, overdue since 2026-09-06T12:00:00.5Z">overdue: at most P90D after its creation 2026-06-01T12:00:00.5Z; due since 2026-08-30T12:00:00.5Z, overdue since 2026-09-06T12:00:00.5Z
        severity high; controls gdpr/5.1.e</failure></testcase>
        <testcase classname="tenure.export.files" name="file/file-undetermined atMost" time="0"><error type="undetermined" message="undetermined: its creation at an unknown time up to 2026-11-20T00:00:00Z: at the earliest it is overdue, at the latest allowed">undetermined: its creation at an unknown time up to 2026-11-20T00:00:00Z: at the earliest it is overdue, at the latest allowed
        severity high; controls gdpr/5.1.e</error></testcase>
        <system-out/><system-err/></testsuite>
        <testsuite name="forever" timestamp="2026-11-20T00:00:00" hostname="localhost" tests="2" failures="0" errors="1" skipped="0" time="0" id="1" package="tenure">
        <properties><property name="tenure.version" value="1.2.3"/><property name="tenure.asOf" value="2026-11-20T00:00:00Z"/><property name="tenure.policyDigest" value="0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"/><property name="tenure.zoneDataVersion" value="\#(ZoneData.version)"/><property name="tenure.exitCode" value="1"/></properties>
        <testcase classname="tenure.forever" name="policy" time="0"/>
        <testcase classname="tenure.export.forever" name="file/file-error atMost" time="0"><error type="error" message="error: its limit is past the year 9999">error: its limit is past the year 9999
        severity medium</error></testcase>
        <system-out/><system-err/></testsuite>
        <testsuite name="minimum" timestamp="2026-11-20T00:00:00" hostname="localhost" tests="2" failures="1" errors="0" skipped="0" time="0" id="2" package="tenure">
        <properties><property name="tenure.version" value="1.2.3"/><property name="tenure.asOf" value="2026-11-20T00:00:00Z"/><property name="tenure.policyDigest" value="0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"/><property name="tenure.zoneDataVersion" value="\#(ZoneData.version)"/><property name="tenure.exitCode" value="1"/></properties>
        <testcase classname="tenure.minimum" name="policy" time="0"/>
        <testcase classname="tenure.export.minimum" name="file/file-early atLeast early-expiry" time="0"><failure type="early-expiry" message="early-expiry: the provider removes it at 2027-01-01T00:00:00Z, and it is kept until 2031-06-01T12:00:00.5Z by minimum">early-expiry: the provider removes it at 2027-01-01T00:00:00Z, and it is kept until 2031-06-01T12:00:00.5Z by minimum
        severity critical</failure></testcase>
        <system-out/><system-err/></testsuite>
        <testsuite name="sharing" timestamp="2026-11-20T00:00:00" hostname="localhost" tests="3" failures="1" errors="1" skipped="0" time="0" id="3" package="tenure">
        <properties><property name="tenure.version" value="1.2.3"/><property name="tenure.asOf" value="2026-11-20T00:00:00Z"/><property name="tenure.policyDigest" value="0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"/><property name="tenure.zoneDataVersion" value="\#(ZoneData.version)"/><property name="tenure.exitCode" value="1"/></properties>
        <testcase classname="tenure.sharing" name="access policy" time="0"/>
        <testcase classname="tenure.export.sharing" name="file/file-in-use unused" time="0"><failure type="denied" message="denied: assistant/file-user uses it">denied: assistant/file-user uses it
        severity medium; controls iso/5.15</failure></testcase>
        <testcase classname="tenure.export.sharing" name="file/file-in-use dated-owner" time="0"><error type="error" message="error: dated-owner could not be decided: an operation does not take these values, at: timestamp(object.metadata.owner)">error: dated-owner could not be decided: an operation does not take these values, at: timestamp(object.metadata.owner)
        severity medium; controls iso/5.15</error></testcase>
        <system-out/><system-err/></testsuite>
        <testsuite name="beside-policies" timestamp="2026-11-20T00:00:00" hostname="localhost" tests="2" failures="2" errors="0" skipped="0" time="0" id="4" package="tenure">
        <properties><property name="tenure.version" value="1.2.3"/><property name="tenure.asOf" value="2026-11-20T00:00:00Z"/><property name="tenure.policyDigest" value="0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"/><property name="tenure.zoneDataVersion" value="\#(ZoneData.version)"/><property name="tenure.exitCode" value="1"/></properties>
        <testcase classname="tenure.export.beside-policies" name="assistant/file-user coverage" time="0"><failure type="uncovered" message="uncovered: no policy with an atMost speaks of it, nor of anything that contains it">uncovered: no policy with an atMost speaks of it, nor of anything that contains it
        severity medium</failure></testcase>
        <testcase classname="tenure.export.beside-policies" name="file/file-early atLeast early-expiry matter-7" time="0"><failure type="early-expiry" message="early-expiry: the provider removes it at 2027-01-01T00:00:00Z, and it is held by matter-7">early-expiry: the provider removes it at 2027-01-01T00:00:00Z, and it is held by matter-7
        severity critical</failure></testcase>
        <system-out/><system-err/></testsuite>
        <testsuite name="reading" timestamp="2026-11-20T00:00:00" hostname="localhost" tests="3" failures="0" errors="3" skipped="0" time="0" id="5" package="tenure">
        <properties><property name="tenure.version" value="1.2.3"/><property name="tenure.asOf" value="2026-11-20T00:00:00Z"/><property name="tenure.policyDigest" value="0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"/><property name="tenure.zoneDataVersion" value="\#(ZoneData.version)"/><property name="tenure.exitCode" value="1"/></properties>
        <testcase classname="tenure.reading" name="complete" time="0"><error type="incomplete" message="policy files: the age of 1 record is not known well enough">policy files: the age of 1 record is not known well enough
        policy forever could not be decided for 1 record
        policy sharing: 1 validation could not be decided</error></testcase>
        <testcase classname="tenure.export.reading" name="complete" time="0"><error type="incomplete" message="1 of files could not be read">1 of files could not be read
        data was lost: malformed-line (1)
        the canary file-canary was not seen; check what the source shows, or name another</error></testcase>
        <testcase classname="tenure.export.reading" name="malformed-line files.ndjson" time="0"><error type="incomplete" message="a line is not one JSON object">a line is not one JSON object
        files.ndjson:40</error></testcase>
        <system-out/><system-err/></testsuite></testsuites>

        """#

    static let text = #"""
        VIOLATIONS: 9 at or above low, and the scan is incomplete

          as of       2026-11-20T00:00:00Z (time zone data \#(ZoneData.version))
          policies    4, digest 0123456789ab
          records     11 in 1 source
          may go now  2

        By policy
          policy   severity  matched  error  overdue  denied  early-expiry  uncovered  undetermined  due  held  excepted  in-use  kept  allowed
          files        high       10      -        2       -             -          -             1    1     2         1       1     1        1
          forever    medium        1      1        -       -             -          -             -    -     -         -       -     -        -
          minimum    medium        2      -        -       -             1          -             -    -     -         -       -     -        -
          sharing    medium        1      1        -       1             -          -             -    -     -         -       -     -        -
          all                             2        2       1             2          1             1    1     2         1       1     1        1

        Source export
          as it was        when the export was made; nothing that happened since is in it
          read             assistant 1, file 10 (1 lost)
          read, and empty  thread, message, runStep, vectorStore, vectorStoreFile, conversation, item, response, chatCompletion, container, containerFile, batch, upload
          not there        run
          gap              run, accepted until 2027-02-26: Surface retired

        Problems in the data
          1 malformed-line: a line is not one JSON object (files.ndjson:40)

        Not complete
          policy files: the age of 1 record is not known well enough
          policy forever could not be decided for 1 record
          policy sharing: 1 validation could not be decided
          export: 1 of files could not be read
          export: data was lost: malformed-line (1)
          export: the canary file-canary was not seen; check what the source shows, or name another

        Worth a look
          there is no hold register, so nothing can be deleted

        Excepted
          pilot until 2027-03-31 (PRIV-212): 1 finding

        Reports
          json: reports/scan.json

        exit 1: violations at or above low, which outrank that the scan is incomplete

        """#
}
