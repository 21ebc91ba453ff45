package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.gazecheck.config.ConfigurationException;
import org.gazecheck.data.DataException;
import org.gazecheck.download.DownloadException;
import org.gazecheck.download.WrongContentException;
import org.gazecheck.io.LockedException;
import org.gazecheck.network.WeightsException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void eachKindOfFailureHasItsExitCode() {
        assertEquals(
                2, Failures.exitCode(new ConfigurationException(List.of("x"))).code());
        assertEquals(4, Failures.exitCode(new DataException("x")).code());
        assertEquals(4, Failures.exitCode(new WeightsException("x")).code());
        assertEquals(4, Failures.exitCode(new WrongContentException("x")).code());
        assertEquals(1, Failures.exitCode(new DownloadException("x")).code());
        assertEquals(5, Failures.exitCode(new LockedException("x")).code());
        assertEquals(130, Failures.exitCode(new InterruptedException()).code());
        assertEquals(130, Failures.exitCode(new ClosedByInterruptException()).code());
        assertEquals(1, Failures.exitCode(new SocketTimeoutException()).code());
        assertEquals(1, Failures.exitCode(new IOException()).code());
        assertEquals(1, Failures.exitCode(new OutOfMemoryError()).code());
    }

    @Test
    void wrappersAreTakenOff() {
        LockedException locked = new LockedException("process 12 works in reports/x");
        Throwable wrapped = new ExecutionException(new UncheckedIOException(locked));

        assertEquals(locked, Failures.unwrapped(wrapped));
        assertEquals("process 12 works in reports/x", Failures.message(locked));
    }

    @Test
    void wantOfMemoryIsToldHoweverDeepItLies() {
        OutOfMemoryError memory = new OutOfMemoryError("Java heap space");
        Throwable inWorker = new IllegalStateException("an image could not be checked", memory);

        assertEquals(memory, Failures.unwrapped(inWorker));
        assertEquals(memory, Failures.unwrapped(new ExceptionInInitializerError(memory)));
    }

    @Test
    void messagesAreForThePersonAtTheKeyboard() {
        assertTrue(Failures.message(new NoSuchFileException("a/b"))
                .startsWith("no such file or folder: a/b (if it vanished during the run, bring it back"));
        assertEquals(
                "a/b: Read-only file system",
                Failures.message(new FileSystemException("a/b", null, "Read-only file system")));
        assertEquals(
                "x\ny",
                Failures.message(new ConfigurationException(List.of("x", "y"))).replace("\r", ""));
        assertEquals("u: gone", Failures.message(new DownloadException("u: gone")));
        assertTrue(Failures.message(new OutOfMemoryError("Java heap space")).contains("GAZECHECK_HEAP"));
        assertTrue(Failures.message(new IllegalStateException("odd")).contains("IllegalStateException: odd"));
    }
}
