internal import Records

/// Cases 1 to 14: times that mislead.
extension HardCases {
    /// Cases 1 to 5: what counts as activity.
    func writeActivity() {
        addTalk(1, "Kept", created: days(400), [("user", days(1))], "old, active yesterday", [(.support, .kept)])
        addTalk(
            1, "Sales", created: days(400), [("user", days(1))], product: .sales, "old, active yesterday",
            [(.sales, .allowed)])
        addThread(
            2, "Fresh", created: "\(days(1))", product: .sales, "made yesterday, nothing else known",
            [(.sales, .allowed)])
        addTalk(
            3, "", created: days(300), [("user", days(20))], metadata: #","last_message_at":"\#(days(200))""#,
            "a stored last activity that lags behind the messages", [(.support, .allowed)])
        for role in ["system", "tool"] {
            addTalk(
                4, role, created: days(120), [("user", days(111)), ("assistant", days(110)), (role, days(1))],
                "only a \(role) message is recent", [(.support, .overdue)])
        }
        addTalk(
            5, "", created: days(120), [("user", days(100))], extra: #""edited_at":\#(days(5)),"#,
            "an old message that was edited", [(.support, .overdue)])
    }

    /// Case 6: the same instant in other units.
    func writeUnits() {
        let old = days(400)
        let undetermined: Pairs = [(.support, .undetermined), (.undated, .undetermined)]
        addThread(6, "Milliseconds", created: "\(old)000", "milliseconds", undetermined)
        addThread(6, "Microseconds", created: "\(old)000000", "microseconds", undetermined)
        addThread(6, "Nanoseconds", created: "\(old)000000000", "nanoseconds", undetermined)
        addThread(6, "Text", created: "\"\(old).000002\"", "seconds as text", undetermined)
        addThread(6, "Float", created: "\(old).25", "seconds with a fraction", [(.support, .overdue)])
    }

    /// Cases 7, 8 and 10: times that are no times.
    func writeAbsentTimes() {
        let undetermined: Pairs = [(.support, .undetermined), (.undated, .undetermined)]
        addThread(7, "Null", created: "null", "null time", undetermined)
        addThread(7, "Missing", created: nil, "no time", undetermined)
        addThread(7, "Zero", created: "0", "zero time", undetermined)
        addThread(7, "Negative", created: "-86400", "negative time", undetermined)
        addThread(8, "Future", created: "\(now + 2 * Calendar.day)", "two days ahead", undetermined)
        addThread(
            8, "Skew", created: "\(now + 200)", product: .sales, "ahead by less than five minutes",
            [(.sales, .allowed)])
        addThread(10, "Zoneless", created: "\"2026-01-01T00:00:00\"", "text without a zone", undetermined)
        addThread(14, "Year10000", created: "253402300800", "year 10000", undetermined)
        addThread(14, "Year1970", created: "1", "the first second of 1970", undetermined)
        addThread(14, "LeapSecond", created: "\"2016-12-31T23:59:60Z\"", "a leap second as text", undetermined)
        addThread(14, "SecondDay", created: "86400", "the first plausible second", [(.support, .overdue)])
        let gap = "thread_case7Gap"
        add(.thread, thread(gap, created: "\(days(300))", product: .support))
        add(.message, message("msg_case7Known", in: gap, created: "\(days(20))"))
        let place = add(.message, message("msg_case7Unknown", in: gap, created: "null"))
        tell(7, "a message without a time", .message, "msg_case7Unknown", at: place)
        // At the latest it was active just now, and support conversations are kept for a week.
        tell(7, "one of its messages has no time", .thread, gap, at: place, [(.support, .kept)])
    }

    /// Cases 11 and 12: leap days, and the days on which clocks change.
    func writeCalendarDays() {
        let today = Calendar.date(of: now)
        let leapYear = (today.year - 6) / 4 * 4
        let leapDay = Calendar.midnight(year: leapYear, month: 2, day: 29)
        if Calendar.date(of: leapDay).day == 29 {
            let kept = Calendar.adding(years: Rule.regulatedYears, to: leapDay)
            addThread(
                11, "LeapDay", created: "\(leapDay)", metadata: #","regulated":"true""#, "regulated, from a leap day",
                [(.support, State.of(.support, clock: leapDay, kept: kept, asOf: now))])
        }
        for (name, month, day) in [("Spring", Int64(3), Int64(29)), ("Autumn", Int64(10), Int64(25))] {
            let created = Calendar.midnight(year: today.year - 1, month: month, day: day) + 3600
            addThread(
                12, name, created: "\(created)", "clocks change",
                [
                    (.support, State.of(.support, clock: created, kept: created + Rule.supportMinimum, asOf: now))
                ])
        }
    }

    /// Cases 11 and 13: limits met to the second.
    func writeLimits() {
        let due = now - Rule.support.keep
        let overdue = due - Rule.support.tolerance
        addThread(13, "BeforeDue", created: "\(due + 1)", "a second before it is due", [(.support, .allowed)])
        addThread(13, "Due", created: "\(due)", "due to the second", [(.support, .due)])
        addThread(13, "BeforeOverdue", created: "\(overdue + 1)", "a second before a violation", [(.support, .due)])
        addThread(13, "Overdue", created: "\(overdue)", "a violation to the second", [(.support, .overdue)])
        let date = Calendar.date(of: now)
        guard date.month != 2 || date.day != 29 else { return }
        let anniversary = Calendar.adding(years: -Rule.regulatedYears, to: now)
        let regulated = #","regulated":"true""#
        addThread(
            11, "Released", created: "\(anniversary)", metadata: regulated, "five years old to the second",
            [(.support, .due)])
        addThread(
            11, "Regulated", created: "\(anniversary + 1)", metadata: regulated, "five years old in a second",
            [(.support, .keptPastMax)])
    }

    private func addTalk(
        _ number: Int, _ name: String, created: Int64, _ messages: [(role: String, time: Int64)],
        product: Product = .support, metadata: String = "", extra: String = "", _ what: String, _ pairs: Pairs
    ) {
        let id = "thread_case\(number)\(name)"
        let place = add(.thread, thread(id, created: "\(created)", product: product, metadata: metadata))
        for (order, message) in messages.enumerated() {
            add(
                .message,
                self.message(
                    "msg_case\(number)\(name)\(order)", in: id, role: message.role, created: "\(message.time)",
                    extra: extra))
        }
        tell(number, what, .thread, id, at: place, pairs)
    }
}
