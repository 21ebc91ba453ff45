package org.gazecheck.serve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.gazecheck.results.RunFolder;

/**
 * The report's page and what lies below {@code assets/}, and nothing else of a run folder. Paths are what the report
 * writes: plain names, nothing encoded, nothing hidden; links are followed where they stay below {@code assets/}.
 */
final class ReportFiles {
    private static final Pattern ASSET = Pattern.compile("/assets(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "jpg", "image/jpeg",
            "png", "image/png",
            "svg", "image/svg+xml");

    private final RunFolder run;

    ReportFiles(RunFolder run) {
        this.run = run;
    }

    static boolean isPage(String path) {
        return path.equals("/") || path.equals("/index.html");
    }

    /**
     * The file of a path, opened.
     *
     * @param path as the request has it, undecoded
     * @param headers that go with it
     */
    Reply file(String path, Map<String, String> headers) throws Refusal, IOException {
        boolean page = isPage(path);
        if (!page && !ASSET.matcher(path).matches()) {
            throw absent();
        }
        Path file = page ? run.report() : run.root().resolve(path.substring(1));
        String type = TYPES.get(extension(file));
        if (type == null) {
            throw absent();
        }
        try {
            Path root = run.root().toRealPath();
            Path real = file.toRealPath();
            boolean inside = page
                    ? real.equals(root.resolve("index.html"))
                    : real.startsWith(root.resolve("assets")) && !hidden(root, real);
            if (!inside || !Files.isRegularFile(real)) {
                throw absent();
            }
            FileChannel channel = FileChannel.open(real);
            InputStream body = Channels.newInputStream(channel);
            return new Reply(200, type, channel.size(), body, headers);
        } catch (NoSuchFileException e) {
            throw page
                    ? new Refusal(
                            404, "the report is not there: " + run.report() + "; write it again (gazecheck report)")
                    : absent();
        } catch (FileSystemException e) {
            throw absent();
        }
    }

    private static boolean hidden(Path root, Path file) {
        for (Path name : root.relativize(file)) {
            if (name.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static Refusal absent() {
        return new Refusal(404, "there is no such file here");
    }
}
