package org.gazecheck.progress;

/**
 * Where long work tells how far it is. The command line draws bars or plain lines from it; tests and embedders may
 * listen too. Calls for one {@link Task} may come from several threads.
 */
public interface Progress {
    /** Hears nothing. */
    Progress SILENT = new Progress() {
        @Override
        public Task start(String name, long total) {
            return steps -> {};
        }

        @Override
        public void message(String text) {}
    };

    /**
     * Begins a counted piece of work.
     *
     * @param name what is done, in a few words ("features of train")
     * @param total how many steps it takes; 0 when unknown
     */
    Task start(String name, long total);

    /** One line for the person at the console. */
    void message(String text);

    /** A counted piece of work under way; closing it ends its bar. */
    interface Task extends AutoCloseable {
        /** Reports that so many further steps are done. */
        void advance(long steps);

        @Override
        default void close() {}
    }
}
