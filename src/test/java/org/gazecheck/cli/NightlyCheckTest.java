package org.gazecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a night could never do is found by day, and refused at night before anything is done. */
class NightlyCheckTest {
    @TempDir
    private Path work;

    private Path yaml;

    @BeforeEach
    void configure() throws IOException {
        Files.createDirectories(work.resolve("incoming"));
        Files.writeString(
                work.resolve("model.yaml"),
                "data: {source: folder, dir: %1$s/data}\nmodel: {architecture: demo, size: 48}\noutput: {dir: %1$s/model}\ncache: {dir: %1$s/cache}\n"
                        .formatted(work));
        yaml = Files.writeString(
                work.resolve("nights.yaml"),
                "nightly: {run: %1$s/model.yaml, incoming: %1$s/incoming}\noutput: {dir: %1$s/nights}\ngates: {fail: [new.refused <= 0]}\n"
                        .formatted(work));
    }

    private String refused(String... settings) {
        String told = "";
        for (boolean check : new boolean[] {true, false}) {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            String[] line = new String[settings.length + (check ? 3 : 2)];
            line[0] = "nightly";
            line[1] = yaml.toString();
            if (check) {
                line[2] = "--check";
            }
            for (int i = 0; i < settings.length; i++) {
                line[line.length - settings.length + i] = "--set=" + settings[i];
            }
            int code = Main.execute(new PrintWriter(out), new PrintWriter(err), line);
            assertEquals(2, code, (check ? "by day: " : "at night: ") + out + err);
            assertFalse(Files.exists(work.resolve("nights/history.sqlite")), "nothing is done");
            told += err;
        }
        return told;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new.refused <= 0",
                "new.drift is none",
                "new.findings is empty",
                "new.top1 not worse than baseline"
            })
    void rulesAboutNewImagesNeedAFolderIntoWhichTheyArrive(String rule) {
        String told = refused("nightly.incoming=null", "gates.fail=[\"" + rule + "\"]");
        assertTrue(told.contains("nightly.incoming is not set"), told);
        assertTrue(told.contains(rule), told);
    }

    @Test
    void whatIsInOrderIsInOrder() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertEquals(
                0,
                Main.execute(
                        new PrintWriter(out),
                        new PrintWriter(err),
                        "nightly",
                        yaml.toString(),
                        "--check",
                        "--set=notification.webhooks=[\"https://example.org:8443/x\"]",
                        "--set=notification.headers=[\"X-Team: flowers\"]"),
                err.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.org/x",
                "file:///etc/passwd",
                "https:///x",
                "https://example.org:0/x",
                "https://example.org:70000/x",
                "https://ann:secret@example.org/",
                "mailto:ann@example.org",
                "https://exa mple.org/",
                "https://example.org/${GAZECHECK_NOT_SET_ANYWHERE}"
            })
    void anAddressToWhichNothingCanBeDelivered(String url) {
        String told = refused("notification.webhooks=[\"" + url + "\"]");
        assertTrue(told.contains("notification.webhooks, entry 1: "), told);
        assertFalse(told.contains("secret"), told);
        assertTrue(refused("notification.pingFailure=" + url).contains("notification.pingFailure: "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-A: one\\r\\nX-B: two", "Host: example.org", "X A: b", "Content-Length: 3"})
    void aHeaderThatCannotBeSent(String header) {
        String told = refused(
                "notification.webhooks=[\"https://example.org/\"]", "notification.headers=[\"" + header + "\"]");
        assertTrue(told.contains("header"), told);
    }

    @Test
    void withoutARuleNothingWouldEverAlert() {
        assertTrue(refused("gates.fail=[]").contains("nothing would ever alert"));
    }

    @Test
    void whatArrivesLiesApart() throws IOException {
        Files.createDirectories(work.resolve("data/new"));
        Files.createDirectories(work.resolve("nights/new"));
        Path link = Files.createSymbolicLink(work.resolve("link"), work.resolve("data/new"));
        for (String inside : new String[] {"data", "data/new", "nights", "nights/new", "link", "model", ""}) {
            Files.createDirectories(inside.equals("link") ? work : work.resolve(inside));
            String told = refused("nightly.incoming=" + work.resolve(inside));
            assertTrue(told.contains("nightly.incoming"), inside + ": " + told);
        }
        assertTrue(Files.isSymbolicLink(link));
    }
}
