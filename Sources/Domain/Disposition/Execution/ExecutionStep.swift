/// The places where a process that executes a plan can be killed, and the next run must find its way from there.
public enum ExecutionStep: String, CaseIterable, Sendable {
    case started, settling, settled
    case intentWritten, documentsRead, looked, called, readBack, outcomeWritten
    case ending, ended
}
