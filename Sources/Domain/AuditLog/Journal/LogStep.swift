/// The places where a process that writes to a log can be killed, and another must find its way from there.
public enum LogStep: String, CaseIterable, Sendable {
    case directoryMade, keyWritten, genesisWritten, genesisSynchronized
    case entriesToWrite, entriesHalfWritten, entriesWritten, entriesSynchronized
    case segmentFull, segmentMade
    case checkpointSigned, checkpointPublished, checkpointCopied
    case tailKept, tailCut, recoveryWritten, recoverySynchronized, recoveryRecorded
}
