package org.gazecheck.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
    @TempDir
    private Path folder;

    /** Another process: locks the folder and waits to be killed. */
    static final class Holder {
        public static void main(String[] folder) throws Exception {
            try (FolderLock lock = FolderLock.of(Path.of(folder[0]))) {
                System.out.println("locked");
                TimeUnit.DAYS.sleep(1);
            }
        }
    }

    @Test
    void theHolderIsNamedAndItsDeathFreesTheFolder() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertEquals("locked", holder.inputReader().readLine());

            String message = assertThrows(LockedException.class, () -> FolderLock.of(folder))
                    .getMessage();
            assertTrue(
                    message.matches("another process works in .* \\(process " + holder.pid() + " on "
                            + Temporary.hostName() + ", since \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\\): .*"),
                    message);
        } finally {
            holder.destroyForcibly();
            holder.waitFor();
        }
        FolderLock.of(folder).close();
    }

    @Test
    void oneProcessCannotLockAFolderTwice() throws IOException {
        try (FolderLock lock = FolderLock.of(folder)) {
            assertThrows(LockedException.class, () -> FolderLock.of(folder));
        }
        FolderLock.of(folder).close();
    }
}
