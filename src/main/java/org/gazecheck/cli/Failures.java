package org.gazecheck.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.gazecheck.compare.IncomparableException;
import org.gazecheck.config.ConfigurationException;
import org.gazecheck.data.DataException;
import org.gazecheck.download.WrongContentException;
import org.gazecheck.io.DamagedFileException;
import org.gazecheck.io.LockedException;
import org.gazecheck.io.Printable;
import org.gazecheck.network.UnknownLayerException;
import org.gazecheck.network.WeightsException;
import org.gazecheck.results.ResultsException;
import org.gazecheck.results.VerdictsException;

/** Exceptions to exit codes and to what the person at the keyboard reads. */
final class Failures {
    private static final List<Class<? extends Exception>> INVALID = List.of(
            DataException.class,
            WeightsException.class,
            WrongContentException.class,
            ResultsException.class,
            VerdictsException.class,
            IncomparableException.class,
            DamagedFileException.class);
    private static final List<Class<? extends Exception>> INTERRUPTED = List.of(
            InterruptedException.class,
            ClosedByInterruptException.class,
            InterruptedIOException.class,
            CancellationException.class);

    private static final List<Class<? extends Exception>> WRAPPERS =
            List.of(ExecutionException.class, CompletionException.class, UncheckedIOException.class);

    private Failures() {}

    /** The failure itself, without the wrappers of executors and streams; want of memory, however deep it lies. */
    static Throwable unwrapped(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return cause;
            }
        }
        Throwable inner = failure;
        while (WRAPPERS.contains(inner.getClass()) && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    static ExitCode exitCode(Class<? extends Throwable> failure) {
        if (ConfigurationException.class.isAssignableFrom(failure)
                || UnknownLayerException.class.isAssignableFrom(failure)) {
            return ExitCode.USAGE;
        }
        if (INVALID.stream().anyMatch(type -> type.isAssignableFrom(failure))) {
            return ExitCode.INVALID_DATA;
        }
        if (LockedException.class.isAssignableFrom(failure)) {
            return ExitCode.LOCKED;
        }
        boolean timeout = SocketTimeoutException.class.isAssignableFrom(failure);
        return !timeout && INTERRUPTED.stream().anyMatch(type -> type.isAssignableFrom(failure))
                ? ExitCode.INTERRUPTED
                : ExitCode.FAILURE;
    }

    static String message(Throwable failure) {
        if (exitCode(failure.getClass()) == ExitCode.INTERRUPTED) {
            return "interrupted: the same command continues from here";
        }
        if (failure instanceof OutOfMemoryError) {
            return "out of memory (" + failure.getMessage() + "): raise GAZECHECK_HEAP or"
                    + " GAZECHECK_NATIVE_MEMORY, or lower compute.batch";
        }
        if (failure instanceof LinkageError) {
            return "a native library cannot be loaded: " + innermost(failure);
        }
        if (failure instanceof NoSuchFileException missing) {
            return "no such file or folder: " + missing.getFile()
                    + " (if it vanished during the run, bring it back: the same command then continues)";
        }
        if (failure instanceof AccessDeniedException denied) {
            return "no permission: " + denied.getFile();
        }
        if (failure instanceof FileSystemException file) {
            String reason = file.getReason() == null ? failure.getClass().getSimpleName() : file.getReason();
            return file.getFile() + ": " + reason;
        }
        boolean speaks = failure.getClass().getName().startsWith("org.gazecheck.")
                || failure instanceof FileNotFoundException
                || failure.getClass() == IOException.class
                || failure.getClass() == IllegalArgumentException.class;
        return plain(speaks && failure.getMessage() != null ? failure.getMessage() : failure.toString());
    }

    /** What files bring into a message must not steer the terminal. */
    private static String plain(String message) {
        return message.lines().map(Printable::of).collect(Collectors.joining(System.lineSeparator()));
    }

    private static Throwable innermost(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }
}
