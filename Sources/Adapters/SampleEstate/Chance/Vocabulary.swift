/// The words that estates are written in. Rare ones are what breaks careless readers: scripts, signs, escapes.
enum Vocabulary {
    static let words = """
        the of and to in a is that for it as was with be by on not he his but at are this have from or had an they \
        which one you were all her she there would their we him been has when who will no more if out so up said what \
        its about than into them can only other time new some could these two may first then do any like my now over \
        such our man me even most made after also did many off before must well back through years where much your way \
        down should because long each just state those people too mr how little good world make very year still see \
        own work men day get here old between under last never place same another think house while high might great \
        part right against used school few during without again account agent amount answer appointment approval \
        balance billing budget calendar cancel carrier charge contract customer deadline delivery department deposit \
        discount document duplicate email enquiry estimate expense export feature forecast form fulfilment guarantee \
        holiday insurance invoice issue item language ledger letter license limit meeting merchant migration mistake \
        notice offer office order outage owner package password payment period permission phone plan policy premium \
        price printer problem product project proposal question quota quote receipt record refund region reminder \
        renewal repair report request reset retention return review route salary schedule screen service settings \
        shipment signature statement status storage subscription summary supplier support survey tariff tax team \
        ticket timeline token total transfer update upgrade usage user vendor version warranty website
        """.split(separator: " ").map(String.init)

    static let rare = [
        "café", "naïve", "Zürich", "Łódź", "Ελλάδα", "Москва", "日本語", "한국어", "العربية", "עברית", "ไทย", "हिन्दी",
        "—", "“quoted”", "€ 12,50", "½", "🙂", "👩‍💻", "🇪🇺", "e\u{301}tude", "\\u00e9t\\u00e9", "\\ud83d\\ude00", "a\\/b",
        "tab\\there", "]]>", "<b>&amp;</b>", "O\u{2019}Brien",
    ]
}
