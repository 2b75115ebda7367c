internal import CCurl

extension HTTPResponse {
    /// The server's clock as it says it in `Date`, in whole seconds since 1970; nil where it says nothing that is a time.
    ///
    /// - Source: RFC 9110, section 6.6.1.
    public var date: Int64? {
        guard let text = self["date"] else { return nil }
        let date = unsafe curl_getdate(text, nil)
        return date < 0 ? nil : Int64(date)
    }
}
