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
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.Printable;

/** Exceptions to exit codes and to what the person at the keyboard reads. */
public final class Failures {
    private static final List<Class<? extends Exception>> INTERRUPTED = List.of(
            InterruptedException.class,
            ClosedByInterruptException.class,
            InterruptedIOException.class,
            CancellationException.class);

    private static final List<Class<? extends Exception>> WRAPPERS =
            List.of(ExecutionException.class, CompletionException.class, UncheckedIOException.class);

    private Failures() {}

    /** The failure itself, without the wrappers of executors and streams; want of memory, however deep it lies. */
    public static Throwable unwrapped(Throwable failure) {
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

    /** What the program ends with. */
    public static ExitCode exitCode(Throwable failure) {
        if (failure instanceof GazecheckException ours) {
            return switch (ours.kind()) {
                case USAGE -> ExitCode.USAGE;
                case INVALID_DATA -> ExitCode.INVALID_DATA;
                case LOCKED -> ExitCode.LOCKED;
                case OTHER -> ExitCode.FAILURE;
            };
        }
        boolean timeout = failure instanceof SocketTimeoutException;
        return !timeout && INTERRUPTED.stream().anyMatch(type -> type.isInstance(failure))
                ? Interruption.terminated() ? ExitCode.TERMINATED : ExitCode.INTERRUPTED
                : ExitCode.FAILURE;
    }

    /** What the person at the keyboard reads. */
    public static String message(Throwable failure) {
        if (List.of(ExitCode.INTERRUPTED, ExitCode.TERMINATED).contains(exitCode(failure))) {
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
