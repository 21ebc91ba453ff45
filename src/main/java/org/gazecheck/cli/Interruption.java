package org.gazecheck.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * SIGINT and SIGTERM: the working thread is interrupted and given time to leave everything in order before the virtual
 * machine ends with 130 or 143. What it has not finished by then is done again by the next run, as after
 * {@code kill -9}.
 */
final class Interruption {
    private static final long GRACE_SECONDS = 20;

    private final Thread worker;
    private final CountDownLatch done = new CountDownLatch(1);

    private static volatile boolean terminated;

    private Interruption(Thread worker) {
        this.worker = worker;
    }

    /** Watches over the calling thread until {@link #done}. @param exit ends the virtual machine */
    static Interruption ofThisThread(IntConsumer exit) {
        Interruption interruption = new Interruption(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::stop, "stop"));
        rememberTermination(exit);
        return interruption;
    }

    /** Whether SIGTERM has come, so that files and messages have the exit code with which the program will end. */
    static boolean terminated() {
        return terminated;
    }

    /** A signal that whoever started the program ignores stays ignored; a virtual machine that takes no handlers ends as it does. */
    @SuppressWarnings("SunApi")
    private static void rememberTermination(IntConsumer exit) {
        try {
            Signal term = new Signal("TERM");
            SignalHandler before = Signal.handle(term, signal -> {
                terminated = true;
                exit.accept(ExitCode.TERMINATED.code());
            });
            if (before == SignalHandler.SIG_IGN) {
                Signal.handle(term, before);
            }
        } catch (IllegalArgumentException e) {
            terminated = false;
        }
    }

    void done() {
        done.countDown();
    }

    private void stop() {
        if (done.getCount() == 0) {
            return;
        }
        worker.interrupt();
        try {
            done.await(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
