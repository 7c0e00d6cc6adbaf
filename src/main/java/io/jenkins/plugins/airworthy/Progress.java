package io.jenkins.plugins.airworthy;

/** Where long work tells how far it is. Implementations are safe for use by several threads. */
public interface Progress {
    /** Tells nobody. */
    Progress SILENT = new Progress() {
        @Override
        public void say(String line) {}

        @Override
        public Task begin(String what, long totalBytes) {
            return bytes -> {};
        }
    };

    /** One line for a person to read. */
    void say(String line);

    /** Starts a piece of work of {@code totalBytes} bytes; -1 when the size is unknown. Closing the task ends it. */
    Task begin(String what, long totalBytes);

    /** A piece of work under way. */
    @FunctionalInterface
    interface Task extends AutoCloseable {
        void advance(long bytes);

        @Override
        default void close() {}
    }
}
