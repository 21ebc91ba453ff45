package org.gazecheck.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import org.gazecheck.results.SavedView;
import org.gazecheck.results.SavedViewsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewRequestsTest extends ServedRunTest {
    private HttpResponse<String> ask(String method, String name, String note) throws Exception {
        return client.ask(client.writing(
                "/api/views",
                method,
                "{\"name\":\"" + name + "\",\"note\":\"" + note + "\",\"address\":\"#/images?label=rose\"}"));
    }

    @Test
    void aViewIsKeptInTheRunFolderReplacedByNameAndTakenAway() throws Exception {
        assertEquals("[]", client.get("/api/views").body());
        assertEquals(200, ask("PUT", "dark roses", "first").statusCode());
        ask("PUT", "daisies", "");
        HttpResponse<String> response = ask("PUT", " dark roses ", "second");

        List<SavedView> kept = SavedViewsFile.read(run.savedViews());
        assertEquals(
                List.of(
                        new SavedView("daisies", "", "#/images?label=rose"),
                        new SavedView("dark roses", "second", "#/images?label=rose")),
                kept);
        assertEquals(client.get("/api/views").body(), response.body());

        ask("DELETE", "daisies", "");
        assertEquals(1, SavedViewsFile.read(run.savedViews()).size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"name\":\" \",\"note\":\"\",\"address\":\"#/images\"}",
                "{\"name\":\"a\",\"note\":\"\",\"address\":\"https://elsewhere.example\"}",
                "{\"name\":\"a\",\"note\":1,\"address\":\"#/images\"}"
            })
    void whatIsNoViewIsRefused(String json) throws Exception {
        assertEquals(400, client.ask(client.writing("/api/views", "PUT", json)).statusCode());
        assertFalse(Files.exists(run.savedViews()));
    }

    @Test
    void strangersKeepNothing() throws Exception {
        assertEquals(403, client.ask(client.stranger("/api/views")).statusCode());
        assertEquals(405, ask("POST", "a", "").statusCode());
    }
}
