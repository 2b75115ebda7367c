/// When the messages of a thread were written: evenly spaced slots, questions in the even ones, answers in the odd.
///
/// The last message ends at the last activity to the second.
struct Timeline {
    let created: Int64
    let lastActivity: Int64
    let count: Int

    /// When an answer was asked for, begun and finished.
    struct Answer {
        let asked: Int64
        let written: Int64
        let completed: Int64
    }

    /// When the question was asked. Slots are at least a minute long.
    func question(_ place: Int) -> Int64 {
        place == count - 1 ? lastActivity : slot(place) + 1
    }

    /// When the answer was given, within the first minute of its slot, or at its end if it is the last.
    func answer(_ place: Int, _ dice: inout Dice) -> Answer {
        let thinking = Int64(2 + dice.below(20))
        let writing = Int64(1 + dice.below(20))
        guard place == count - 1 else {
            let asked = slot(place) + 1
            return Answer(asked: asked, written: asked + thinking, completed: asked + thinking + writing)
        }
        let written = lastActivity - writing
        return Answer(asked: written - thinking, written: written, completed: lastActivity)
    }

    /// When the last question was asked.
    var lastQuestion: Int64 { question(count % 2 == 1 ? count - 1 : count - 2) }

    private func slot(_ place: Int) -> Int64 { created + (lastActivity - created) * Int64(place) / Int64(count) }
}
