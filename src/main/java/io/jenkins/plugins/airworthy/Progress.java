package io.jenkins.plugins.airworthy;

/** Receives the progress of long work. Implementations are thread-safe. */
public interface Progress {
    /** Discards everything. */
    Progress SILENT = new Progress() {
        @Override
        public void say(String line) {}

        @Override
        public Task begin(String what, long totalBytes) {
            return bytes -> {};
        }
    };

    /** Reports one line for a person to read. */
    void say(String line);

    /**
     * Starts a task; closing it ends it.
     *
     * @param totalBytes the size of the task in bytes; -1 if unknown
     */
    Task begin(String what, long totalBytes);

    /** A running task. */
    @FunctionalInterface
    interface Task extends AutoCloseable {
        void advance(long bytes);

        @Override
        default void close() {}
    }
}
