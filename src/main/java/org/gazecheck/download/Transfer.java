package org.gazecheck.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gazecheck.failure.GazecheckException;
import org.gazecheck.io.AtomicFile;
import org.gazecheck.progress.Progress;

/**
 * One attempt to bring the rest of a file (RFC 9110, range requests). A {@link DownloadException} is final; any other
 * IOException may be tried again.
 */
final class Transfer {
    private static final int REDIRECTS = 5;
    private static final int BUFFER = 1 << 16;
    private static final int PARTIAL = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (?:(\\d+)-\\d+|\\*)/(\\d+|\\*)");

    private final Download download;
    private final FileChannel part;
    private final int timeout;
    private final Progress progress;

    Transfer(Download download, FileChannel part, Duration timeout, Progress progress) {
        this.download = download;
        this.part = part;
        this.timeout = (int) timeout.toMillis();
        this.progress = progress;
    }

    /** Appends to the part what it lacks. */
    void run() throws IOException {
        HttpURLConnection connection = connect();
        try {
            int status = connection.getResponseCode();
            switch (status) {
                case HttpURLConnection.HTTP_OK -> {
                    part.truncate(0);
                    receive(connection, 0);
                }
                case PARTIAL -> resume(connection);
                case RANGE_NOT_SATISFIABLE -> endReached(connection);
                default -> refused(status);
            }
        } finally {
            connection.disconnect();
        }
    }

    private HttpURLConnection connect() throws IOException {
        URI uri = download.uri();
        for (int i = 0; i <= REDIRECTS; i++) {
            HttpURLConnection connection = request(uri);
            String location = connection.getHeaderField("Location");
            if (connection.getResponseCode() / 100 != 3 || location == null) {
                return connection;
            }
            connection.disconnect();
            uri = target(uri, location);
        }
        throw new DownloadException(
                download.uri() + " redirects more than " + REDIRECTS + " times; " + download.byHand());
    }

    /** Where a redirect leads; never from https to anything else. */
    URI target(URI from, String location) throws DownloadException {
        try {
            URI next = from.resolve(location);
            boolean web = "http".equals(next.getScheme()) || "https".equals(next.getScheme());
            if (web
                    && next.getHost() != null
                    && ("https".equals(next.getScheme()) || next.getScheme().equals(from.getScheme()))) {
                return next;
            }
        } catch (IllegalArgumentException e) {
            throw notFollowed(from, location);
        }
        throw notFollowed(from, location);
    }

    private DownloadException notFollowed(URI from, String location) {
        return new DownloadException(from + " redirects to " + location.replaceAll("\\p{Cntrl}", " ")
                + ", which is not followed; " + download.byHand());
    }

    private HttpURLConnection request(URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(timeout);
        connection.setReadTimeout(timeout);
        connection.setRequestProperty("Accept-Encoding", "identity");
        if (part.size() > 0) {
            connection.setRequestProperty("Range", "bytes=" + part.size() + "-");
            if (Files.exists(download.validator())) {
                connection.setRequestProperty(
                        "If-Range", Files.readString(download.validator()).strip());
            }
        }
        return connection;
    }

    private void resume(HttpURLConnection connection) throws IOException {
        Matcher range = contentRange(connection);
        if (!range.matches() || range.group(1) == null || Long.parseLong(range.group(1)) != part.size()) {
            part.truncate(0);
            throw new GazecheckException("the server sent another byte range than was requested");
        }
        receive(connection, part.size());
    }

    private void endReached(HttpURLConnection connection) throws IOException {
        Matcher range = contentRange(connection);
        if (range.matches() && range.group(2).equals(Long.toString(part.size()))) {
            return;
        }
        part.truncate(0);
        throw new GazecheckException("the partial file is longer than the file itself");
    }

    private static Matcher contentRange(HttpURLConnection connection) {
        String range = connection.getHeaderField("Content-Range");
        return CONTENT_RANGE.matcher(range == null ? "" : range);
    }

    private void receive(HttpURLConnection connection, long from) throws IOException {
        long length = connection.getContentLengthLong();
        keepValidator(connection);
        byte[] buffer = new byte[BUFFER];
        long at = from;
        try (InputStream in = connection.getInputStream();
                Progress.Task task =
                        progress.start("download " + download.target().getFileName(), length < 0 ? 0 : from + length)) {
            task.advance(from);
            for (int n; (n = in.read(buffer)) > 0; at += n) {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
                for (long position = at; bytes.hasRemaining(); ) {
                    position += part.write(bytes, position);
                }
                task.advance(n);
            }
        }
        if (length >= 0 && at < from + length) {
            throw new GazecheckException("the connection was lost after " + at + " of " + (from + length) + " bytes");
        }
    }

    private void keepValidator(HttpURLConnection connection) throws IOException {
        String tag = connection.getHeaderField("ETag");
        String validator = tag == null || tag.startsWith("W/") ? connection.getHeaderField("Last-Modified") : tag;
        if (validator == null) {
            Files.deleteIfExists(download.validator());
        } else {
            AtomicFile.write(download.validator(), validator);
        }
    }

    private void refused(int status) throws IOException {
        String answer = "the server answers " + status;
        if (status >= 500 || status == TOO_MANY_REQUESTS || status == HttpURLConnection.HTTP_CLIENT_TIMEOUT) {
            throw new GazecheckException(answer);
        }
        throw new DownloadException(download.uri() + ": " + answer
                + (status == HttpURLConnection.HTTP_NOT_FOUND ? " (not found): the file has moved; " : "; ")
                + download.byHand());
    }
}
