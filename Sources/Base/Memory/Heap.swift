internal import CMalloc

/// The process's heap, as glibc keeps it.
public enum Heap {
    /// Keeps freed blocks of up to four megabytes for the next of their size, up to 64 megabytes in all.
    ///
    /// Windows of a file and what is read from them come and go by the megabyte; given back to the system, every one
    /// would be cleared anew before its next use. It is for the command to decide, so a library never calls it.
    public static func keepMegabytes() {
        mallopt(M_MMAP_THRESHOLD, 4 << 20)
        mallopt(M_TRIM_THRESHOLD, 64 << 20)
    }
}
