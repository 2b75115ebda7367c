internal import Records

extension BlockWriter {
    /// A thread with its messages, runs and steps.
    func writeThread(_ place: Int) {
        let thread = block.threads[place]
        let file = export[.thread]
        file.put(#"{"id":"thread_"#, thread.id)
        file.put(#"","object":"thread","created_at":"#)
        file.put(thread.created)
        file.put(#","metadata":"#)
        putWholeMetadata(of: thread, to: file)
        file.put(#","tool_resources":{"#)
        putToolResources(files: thread.toolFile.map { [$0] } ?? [], store: thread.vectorStore, to: file)
        file.put("}}")
        file.endLine()
        writeMessages(of: thread, index: block.threadRange.lowerBound + place)
    }

    private func writeMessages(of thread: Dialogue, index: Int) {
        var dice = block.dice(.message, index)
        let timeline = thread.timeline
        let lastQuestion = (timeline.count - 1) / 2 * 2
        for place in 0..<timeline.count {
            let number = BlockWriter.number(index, place)
            let id = block.token(.message, number)
            if place % 2 == 0 {
                let attached = place == lastQuestion ? thread.attachments : []
                writeQuestion(id, of: thread, asked: timeline.question(place), attached, &dice)
                continue
            }
            let answer = timeline.answer(place, &dice)
            let isFlawed = thread.hasFlawedRun(at: place)
            let run = dice.chance(percent: 50) || isFlawed ? block.token(.run, number) : nil
            if !isFlawed || thread.flaw != .unansweredRun { writeAnswer(id, of: thread, answer, run, &dice) }
            guard let run else { continue }
            writeRun(run, of: thread, answer, isStuck: isFlawed && thread.flaw == .stuckRun, &dice)
            if isFlawed { continue }
            writeSteps(of: run, number: number, message: id, in: thread, answer, &dice)
        }
    }

    /// The number of a thread's message. Two hundred at most have one: those of two threads never meet.
    static func number(_ thread: Int, _ place: Int) -> Int { thread << 8 | place }

    private func beginMessage(_ id: Token, created: Int64) {
        let file = export[.message]
        file.put(#"{"id":"msg_"#, id)
        file.put(#"","object":"thread.message","created_at":"#)
        file.put(created)
    }

    private func endMessage(of thread: Dialogue, attachments: [Int], _ dice: inout Dice) {
        let file = export[.message]
        file.put(#","content":[{"type":"text","text":{"value":""#)
        file.put(corpus, corpus.slice(&dice))
        file.put(#"","annotations":[]}}],"attachments":["#)
        for (place, attached) in attachments.enumerated() {
            file.put(place == 0 ? #"{"file_id":"file-"# : #",{"file_id":"file-"#, block.files[attached].id)
            file.put(#"","tools":[{"type":"file_search"}]}"#)
        }
        file.put(#"],"metadata":"#)
        putMetadata(of: thread, to: file)
        file.put("}}")
        file.endLine()
    }

    private func writeQuestion(
        _ id: Token, of thread: Dialogue, asked: Int64, _ attachments: [Int], _ dice: inout Dice
    ) {
        let file = export[.message]
        beginMessage(id, created: asked)
        file.put(#","assistant_id":null,"thread_id":"thread_"#, thread.id)
        file.put(
            #"""
            ","run_id":null,"status":"completed","incomplete_details":null,"completed_at":null,"incomplete_at":null,\#
            "role":"user"
            """#
        )
        endMessage(of: thread, attachments: attachments, &dice)
    }

    private func writeAnswer(
        _ id: Token, of thread: Dialogue, _ answer: Timeline.Answer, _ run: Token?, _ dice: inout Dice
    ) {
        let file = export[.message]
        beginMessage(id, created: answer.written)
        file.put(#","assistant_id":"asst_"#, block.assistant.id)
        file.put(#"","thread_id":"thread_"#, thread.id)
        if let run {
            file.put(#"","run_id":"run_"#, run)
            file.put("\"")
        } else {
            file.put(#"","run_id":null"#)
        }
        file.put(#","status":"completed","incomplete_details":null,"completed_at":"#)
        file.put(answer.completed)
        file.put(#","incomplete_at":null,"role":"assistant""#)
        endMessage(of: thread, attachments: [], &dice)
    }

    private func writeRun(
        _ id: Token, of thread: Dialogue, _ answer: Timeline.Answer, isStuck: Bool, _ dice: inout Dice
    ) {
        let file = export[.run]
        let (prompt, completion) = (Int64(40 + dice.below(2000)), Int64(10 + dice.below(500)))
        file.put(#"{"id":"run_"#, id)
        file.put(#"","object":"thread.run","created_at":"#)
        file.put(answer.asked)
        file.put(#","assistant_id":"asst_"#, block.assistant.id)
        file.put(#"","thread_id":"thread_"#, thread.id)
        file.put(isStuck ? #"","status":"in_progress","started_at":"# : #"","status":"completed","started_at":"#)
        file.put(answer.asked + 1)
        putNumberOrNull(
            #","expires_at":null,"cancelled_at":null,"failed_at":null,"completed_at":"#,
            isStuck ? nil : answer.completed, to: file)
        file.put(
            #"""
            ,"required_action":null,"last_error":null,"model":"gpt-4o",\#
            "instructions":"You are a helpful assistant.","tools":[{"type":"file_search"}],"tool_resources":{},\#
            "metadata":{},"temperature":1.0,"top_p":1.0,"max_completion_tokens":null,"max_prompt_tokens":null,\#
            "truncation_strategy":{"type":"auto","last_messages":null},"incomplete_details":null,"usage":
            """#
        )
        putUsage(prompt, completion, to: file)
        file.put(#","response_format":"auto","tool_choice":"auto","parallel_tool_calls":true}"#)
        file.endLine()
    }

    private func writeSteps(
        of run: Token, number: Int, message: Token, in thread: Dialogue, _ answer: Timeline.Answer, _ dice: inout Dice
    ) {
        let file = export[.runStep]
        if dice.chance(percent: 30) {
            beginStep(block.token(.step, number << 1), of: run, in: thread, answer)
            file.put(#""tool_calls","status":"completed","cancelled_at":null,"completed_at":"#)
            file.put(answer.written)
            file.put(
                #"""
                ,"expired_at":null,"failed_at":null,"last_error":null,"metadata":{},\#
                "step_details":{"type":"tool_calls","tool_calls":[{"id":"call_
                """#,
                block.token(.call, number << 1))
            file.put(
                #"""
                ","type":"file_search","file_search":{"ranking_options":{"ranker":"default_2024_08_21",\#
                "score_threshold":0.0},"results":[
                """#
            )
            if let found = thread.vectorStore.flatMap({ block.vectorStores[$0].files.first }) {
                file.put(#"{"file_id":"file-"#, block.files[found].id)
                file.put(#"","file_name":"found.pdf","score":0.75,"content":[]}"#)
            }
            file.put(#"]}}]},"usage":"#)
            putUsage(Int64(40 + dice.below(500)), Int64(10 + dice.below(50)), to: file)
            file.put("}")
            file.endLine()
        }
        beginStep(block.token(.step, number << 1 | 1), of: run, in: thread, answer)
        file.put(#""message_creation","status":"completed","cancelled_at":null,"completed_at":"#)
        file.put(answer.completed)
        file.put(
            #"""
            ,"expired_at":null,"failed_at":null,"last_error":null,"metadata":{},\#
            "step_details":{"type":"message_creation","message_creation":{"message_id":"msg_
            """#,
            message)
        file.put(#""}},"usage":"#)
        putUsage(Int64(40 + dice.below(2000)), Int64(10 + dice.below(500)), to: file)
        file.put("}")
        file.endLine()
    }

    private func beginStep(_ id: Token, of run: Token, in thread: Dialogue, _ answer: Timeline.Answer) {
        let file = export[.runStep]
        file.put(#"{"id":"step_"#, id)
        file.put(#"","object":"thread.run.step","created_at":"#)
        file.put(answer.asked + 1)
        file.put(#","run_id":"run_"#, run)
        file.put(#"","assistant_id":"asst_"#, block.assistant.id)
        file.put(#"","thread_id":"thread_"#, thread.id)
        file.put(#"","type":"#)
    }

    private func putUsage(_ prompt: Int64, _ completion: Int64, to file: ExportFile) {
        file.put(#"{"prompt_tokens":"#)
        file.put(prompt)
        file.put(#","completion_tokens":"#)
        file.put(completion)
        file.put(#","total_tokens":"#)
        file.put(prompt + completion)
        file.put("}")
    }
}
