internal import Records

extension BlockWriter {
    /// A conversation with its items.
    func writeConversation(_ place: Int) {
        let conversation = block.conversations[place]
        let index = block.conversationBase + place
        let file = export[.conversation]
        file.put(#"{"id":"conv_"#, conversation.id)
        file.put(#"","object":"conversation","created_at":"#)
        file.put(conversation.created)
        file.put(#","metadata":"#)
        putWholeMetadata(of: conversation, to: file)
        file.put("}")
        file.endLine()
        var dice = block.dice(.item, index)
        for part in 0..<conversation.parts {
            let id = block.token(.item, index << 8 | part)
            if part % 2 == 0 {
                writeQuestion(id, of: conversation, attachments: part == 0 ? conversation.attachments : [], &dice)
            } else {
                writeAnswer(id, of: conversation, &dice)
            }
        }
    }

    private func writeQuestion(_ id: Token, of conversation: Dialogue, attachments: [Int], _ dice: inout Dice) {
        let file = export[.item]
        file.put(#"{"id":"msg_"#, id)
        file.put(
            #"","type":"message","status":"completed","role":"user","content":[{"type":"input_text","text":""#
        )
        file.put(corpus, corpus.slice(&dice))
        file.put(#""}"#)
        for attached in attachments {
            file.put(#",{"type":"input_file","file_id":"file-"#, block.files[attached].id)
            file.put(#""}"#)
        }
        file.put("]")
        endItem(of: conversation)
    }

    private func writeAnswer(_ id: Token, of conversation: Dialogue, _ dice: inout Dice) {
        let file = export[.item]
        switch dice.below(100) {
        case ..<4:
            file.put(#"{"id":"rs_"#, id)
            file.put(#"","type":"reasoning","summary":[],"encrypted_content":"gAAAAAB"#, id)
            file.put(#"==""#)
        case ..<8:
            file.put(#"{"id":"fs_"#, id)
            file.put(#"","type":"file_search_call","status":"completed","queries":[""#)
            file.put(corpus, corpus.slice(&dice, length: 60))
            file.put(#""],"results":null"#)
        case ..<12:
            file.put(#"{"id":"fc_"#, id)
            file.put(#"","type":"function_call","call_id":"call_"#, id)
            file.put(#"","name":"look_up_order","arguments":"{\"order\":"#)
            file.put(Int64(dice.below(100_000)))
            file.put(#"}","status":"completed""#)
        default:
            file.put(#"{"id":"msg_"#, id)
            file.put(
                #"""
                ","type":"message","status":"completed","role":"assistant","content":[{"type":"output_text","text":"
                """#
            )
            file.put(corpus, corpus.slice(&dice))
            file.put(#"","annotations":[],"logprobs":[]}]"#)
        }
        endItem(of: conversation)
    }

    private func endItem(of conversation: Dialogue) {
        let file = export[.item]
        file.put(#","conversation_id":"conv_"#, conversation.id)
        file.put(#""}"#)
        file.endLine()
    }

    func writeResponse(_ place: Int) {
        let response = block.responses[place]
        let file = export[.response]
        let number = Int(truncatingIfNeeded: response.id.words.0)
        var dice = block.dice(.output, number)
        let (input, output) = (Int64(20 + dice.below(2000)), Int64(10 + dice.below(600)))
        file.put(#"{"id":"resp_"#, response.id)
        file.put(#"","object":"response","created_at":"#)
        file.put(response.created)
        file.put(#","status":"completed","background":false,"completed_at":"#)
        file.put(response.completed)
        if let conversation = response.conversation {
            file.put(#","conversation":{"id":"conv_"#, block.conversations[conversation].id)
            file.put(#""}"#)
        } else {
            file.put(#","conversation":null"#)
        }
        writeInput(of: response, number, to: file)
        file.put(
            #"""
            ,"error":null,"incomplete_details":null,"instructions":null,"max_output_tokens":null,"model":"gpt-5.4",\#
            "output":[{"id":"msg_
            """#,
            block.token(.output, number))
        file.put(
            #"""
            ","type":"message","status":"completed","role":"assistant","content":[{"type":"output_text",\#
            "annotations":[],"logprobs":[],"text":"
            """#
        )
        file.put(corpus, corpus.slice(&dice))
        file.put(#""}]}],"parallel_tool_calls":true,"previous_response_id":"#)
        if let previous = response.previous {
            file.put(#""resp_"#, block.responses[previous].id)
            file.put("\"")
        } else {
            file.put("null")
        }
        file.put(#","reasoning":{"effort":null,"summary":null},"store":true,"temperature":1.0,"text":"#)
        file.put(#"{"format":{"type":"text"}},"tool_choice":"auto","tools":["#)
        if let store = response.vectorStore {
            file.put(
                #"{"type":"file_search","vector_store_ids":["vs_"#, block.vectorStores[store].id)
            file.put(#""]}"#)
        }
        file.put(#"],"top_p":1.0,"truncation":"disabled","usage":{"input_tokens":"#)
        file.put(input)
        file.put(#","input_tokens_details":{"cached_tokens":0,"cache_write_tokens":0},"output_tokens":"#)
        file.put(output)
        file.put(#","output_tokens_details":{"reasoning_tokens":0},"total_tokens":"#)
        file.put(input + output)
        file.put(#"},"metadata":{}}"#)
        file.endLine()
    }
    /// What the response was given, where that names a file. Services have it on a list of its own.
    private func writeInput(of response: ResponsePlan, _ number: Int, to file: ExportFile) {
        guard !response.attachments.isEmpty else { return }
        file.put(#","input":[{"id":"msg_"#, block.token(.input, number))
        file.put(#"","type":"message","status":"completed","role":"user","content":["#)
        for (place, attached) in response.attachments.enumerated() {
            if place > 0 { file.put(",") }
            file.put(#"{"type":"input_file","file_id":"file-"#, block.files[attached].id)
            file.put(#""}"#)
        }
        file.put("]}]")
    }
}
