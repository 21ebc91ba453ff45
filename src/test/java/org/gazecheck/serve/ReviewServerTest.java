package org.gazecheck.serve;

import static org.gazecheck.serve.ReviewClient.FIRST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.gazecheck.results.ImageVerdict.Judgement;
import org.gazecheck.results.Verdict;
import org.gazecheck.results.VerdictsException;
import org.junit.jupiter.api.Test;

class ReviewServerTest extends ServedRunTest {
    @Test
    void severalServersMayServeOneRun() throws Exception {
        try (ReviewServer second = ReviewServer.start(run.root(), 0)) {
            Verdict ann = verdict("Ann", 0, Judgement.BACKGROUND, FIRST);
            Verdict ben = verdict("Ben", 0, Judgement.AMBIGUOUS, FIRST);
            assertEquals(200, client.put(ann).statusCode());
            assertEquals(200, new ReviewClient(second.address()).put(ben).statusCode());
            assertEquals(List.of(ann, ben), kept());
        }
    }

    @Test
    void aPortThatIsTakenIsTold() throws IOException {
        int taken = server.address().getPort();
        IOException e = assertThrows(IOException.class, () -> ReviewServer.start(run.root(), taken));
        assertTrue(e.getMessage().startsWith("port " + taken + " is taken"), e.getMessage());
    }

    @Test
    void theDefaultPortGivesWayToTheNext() throws IOException {
        try (ServerSocket holder = new ServerSocket()) {
            try {
                holder.bind(new InetSocketAddress("127.0.0.1", ReviewServer.PORT));
            } catch (IOException e) {
                // Someone else holds it: as good.
            }
            try (ReviewServer other = ReviewServer.start(run.root())) {
                int port = other.address().getPort();
                assertTrue(port > ReviewServer.PORT && port < ReviewServer.PORT + 20, "port " + port);
            }
        }
    }

    @Test
    void itListensAtTheLoopbackInterfaceOnly() throws Exception {
        List<String> elsewhere = java.net.NetworkInterface.networkInterfaces()
                .flatMap(i -> i.inetAddresses())
                .filter(a -> !a.isLoopbackAddress() && a instanceof java.net.Inet4Address)
                .map(a -> a.getHostAddress())
                .toList();
        for (String address : elsewhere) {
            assertThrows(
                    IOException.class,
                    () -> new Socket(address, server.address().getPort()).close(),
                    address);
        }
    }

    @Test
    void aFolderThatIsNoRunOrHasNoReportIsTold() throws IOException {
        IOException none = assertThrows(IOException.class, () -> ReviewServer.start(work, 0));
        assertTrue(none.getMessage().contains("holds no finished run"), none.getMessage());
        Files.delete(run.report());
        IOException e = assertThrows(IOException.class, () -> ReviewServer.start(run.root(), 0));
        assertTrue(e.getMessage().contains("has no report: write it first"), e.getMessage());
    }

    @Test
    void aDamagedDatabaseIsToldAndLeftAsItIs() throws Exception {
        server.close();
        byte[] garbage = "no database ".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        Files.write(run.verdictsDatabase(), garbage);

        VerdictsException e = assertThrows(VerdictsException.class, () -> ReviewServer.start(run.root(), 0));

        assertTrue(e.getMessage().startsWith(run.verdictsDatabase() + ": damaged, or no database"), e.getMessage());
        assertEquals(new String(garbage, StandardCharsets.US_ASCII), Files.readString(run.verdictsDatabase()));
    }
}
