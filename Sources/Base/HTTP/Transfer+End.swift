internal import CCurl

extension Transfer {
    /// How an exchange ended, as libcurl says.
    struct End {
        let code: CURLcode
        let status: Int
        /// What the proxy answered to the question for a tunnel; 0 where none was asked.
        private let proxyStatus: Int
        /// What OpenSSL found of the certificate; 1 where libcurl did not come to ask.
        private let verification: Int
        /// Whether the connection ended in the handshake without a word of TLS about it.
        private let isCutOff: Bool

        @unsafe
        init(_ code: CURLcode, _ easy: UnsafeMutableRawPointer) {
            func get(_ info: CURLINFO) -> Int {
                var value = 0
                return unsafe ccurl_get_long(easy, info, &value) == CURLE_OK ? value : 0
            }
            self.code = code
            status = get(CURLINFO_RESPONSE_CODE)
            proxyStatus = get(CURLINFO_HTTP_CONNECTCODE)
            verification = get(CURLINFO_SSL_VERIFYRESULT)
            isCutOff = unsafe code == CURLE_SSL_CONNECT_ERROR && Self.isCutOff(easy)
        }

        /// What it is called where it is not well.
        var failure: HTTPError.Code {
            if proxyStatus >= 300 { return .refusedByProxy(proxyStatus) }
            let words = unsafe String(cString: curl_easy_strerror(code))
            return switch code {
            case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_PROXY:
                .unreachable(words)
            case CURLE_SSL_CONNECT_ERROR where isCutOff: .unreachable(words)
            case CURLE_PEER_FAILED_VERIFICATION: .untrusted(distrust(words))
            case CURLE_SSL_CACERT_BADFILE: .untrusted(.badAuthorities)
            case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR,
                CURLE_SSL_INVALIDCERTSTATUS:
                .untrusted(.other(words))
            case CURLE_OPERATION_TIMEDOUT: .timeout
            case CURLE_OUT_OF_MEMORY: .noMemory
            default: .interrupted(words)
            }
        }

        /// A refusal of the other side's, or bytes that are no TLS, are errors of OpenSSL's, with its number; an end of the
        /// connection is one of the socket's, or of OpenSSL's that calls it so.
        ///
        /// - Source: libcurl 7.88, `vtls/openssl.c`, `ossl_connect_step2`; OpenSSL 3.0, `SSL_R_UNEXPECTED_EOF_WHILE_READING`.
        @unsafe
        private static func isCutOff(_ easy: UnsafeMutableRawPointer) -> Bool {
            guard let words = unsafe HandleStock.words(of: easy) else { return false }
            let text = unsafe String(cString: words)
            return !text.contains("error:") || text.contains("unexpected eof")
        }

        /// - Source: OpenSSL 3.0, `x509_vfy.h`: X509_V_ERR_*; libcurl 7.88, `vtls/openssl.c`: it compares the names itself,
        ///   once the handshake found the chain sound, and asks for the result behind that.
        private func distrust(_ words: String) -> HTTPError.Distrust {
            switch verification {
            case 0, 1, 62, 64: .otherName
            case 9: .notYetValid
            case 10: .expired
            case 2, 18, 19, 20, 21, 27: .unknownAuthority
            default: .other(words)
            }
        }
    }
}
