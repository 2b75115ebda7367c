extension ObjectShape {
    static let signers = ObjectShape(
        "a Signers document's spec",
        [
            Field(
                "keys", .list(.object(signer), minimum: 1), required: true,
                "The people who may approve, each with one key, and each key of one person.")
        ])

    private static let signer = ObjectShape(
        "a signer",
        [
            Field("name", .name, required: true, "What the person is called in approvals and in policies."),
            Field(
                "publicKey", .publicKey, required: true,
                "The person's Ed25519 public key: 32 bytes in Base64, or the PEM that openssl pkey -pubout prints."),
        ])
}
