package org.gazecheck.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gazecheck.results.RunManifest.PartState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsTest {
    @TempDir
    private Path folder;

    private final List<String> done = new ArrayList<>();
    private Map<String, PartState> recorded = Map.of();

    @Test
    void aPartIsDoneAgainWhenItsInputsOrWhatItRestsOnChange() throws IOException {
        Part border = part("localisation", "border 0.1", "a");
        Part swaps = part("counterfactuals", "500 images", "b");
        Part findings = restingOn("findings", "localisation");
        assertEquals(files("localisation", "counterfactuals", "findings"), walk(border, swaps, findings));
        assertEquals(List.of("localisation", "counterfactuals", "findings"), done);
        walk(border, swaps, findings);
        assertEquals(3, done.size());
        walk(part("localisation", "border 0.2", "c"), swaps, findings);
        assertEquals(List.of("localisation", "findings"), done.subList(3, done.size()));
        walk(part("localisation", "border 0.3", "c"), swaps, findings);
        assertEquals(List.of("localisation"), done.subList(5, done.size()));
    }

    @Test
    void aPartWhoseFilesAreNotWholeIsDoneAgainAndFilesThatItNoLongerWritesGo() throws IOException {
        walk(part("swaps", "two", "a", "swaps", "picture"), part("quality", "ten", "b"));
        Files.writeString(folder.resolve("quality"), "changed by hand");
        walk(part("swaps", "two", "a", "swaps", "picture"), part("quality", "ten", "b"));
        assertEquals(List.of("swaps", "quality", "quality"), done);
        assertTrue(Files.exists(folder.resolve("picture")));
        walk(part("swaps", "one", "a", "swaps"), part("quality", "ten", "b"));
        assertFalse(Files.exists(folder.resolve("picture")));
        assertEquals(List.of("swaps"), done.subList(3, done.size()));
    }

    @Test
    void aPartThatIsInterruptedIsDoneAgainAndTheOthersAreNot() throws IOException {
        Part good = part("localisation", "border 0.1", "a");
        Part killed = new Fake("swaps", List.of("x"), List.of("swaps"), () -> {
            throw new IOException("killed");
        });
        assertThrows(IOException.class, () -> walk(good, killed));
        walk(good, part("swaps", "x", "b"));
        assertEquals(List.of("localisation", "swaps", "swaps"), done);
    }

    private List<Path> walk(Part... parts) throws IOException {
        return new Parts(new OutputFiles(folder), recorded, states -> recorded = Map.copyOf(states))
                .walk(List.of(parts));
    }

    private List<Path> files(String... names) {
        return List.of(names).stream().map(folder::resolve).toList();
    }

    private Part part(String name, String inputs, String content, String... files) {
        List<String> all = files.length == 0 ? List.of(name) : List.of(files);
        return new Fake(name, List.of(inputs), all, () -> content);
    }

    private Part restingOn(String name, String other) {
        return new Fake(name, List.of(), List.of(name), () -> "from " + Files.readString(folder.resolve(other))) {
            @Override
            public List<String> inputs() throws IOException {
                return List.of(Files.readString(folder.resolve(other)));
            }
        };
    }

    private interface Content {
        String text() throws IOException;
    }

    private class Fake implements Part {
        private final String name;
        private final List<String> inputs;
        private final List<String> files;
        private final Content content;

        Fake(String name, List<String> inputs, List<String> files, Content content) {
            this.name = name;
            this.inputs = inputs;
            this.files = files;
            this.content = content;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<String> inputs() throws IOException {
            return inputs;
        }

        @Override
        public List<Path> execute() throws IOException {
            done.add(name);
            String text = content.text();
            for (String file : files) {
                Files.writeString(folder.resolve(file), text);
            }
            return files.stream().map(folder::resolve).toList();
        }
    }
}
