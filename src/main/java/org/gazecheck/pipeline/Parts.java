package org.gazecheck.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gazecheck.io.Hashes;
import org.gazecheck.results.RunManifest.PartState;

/** Walks the parts of a stage: one whose inputs are unchanged and whose files are whole is skipped. */
final class Parts {
    private final OutputFiles files;
    private final Map<String, PartState> states;
    private final Record record;

    /** Keeps what is known of the parts, before one begins and when one is done. */
    @FunctionalInterface
    interface Record {
        void of(Map<String, PartState> states) throws IOException;
    }

    /** @param before what was recorded of an earlier walk, by the parts' names */
    Parts(OutputFiles files, Map<String, PartState> before, Record record) {
        this.files = files;
        this.states = new LinkedHashMap<>(before);
        this.record = record;
    }

    /**
     * In their order; files of an earlier walk that a part no longer writes are removed.
     *
     * @return the files of all of them
     */
    List<Path> walk(List<? extends Part> parts) throws IOException {
        List<Path> outputs = new ArrayList<>();
        for (Part part : parts) {
            String inputs = Hashes.sha256(String.join("\n", part.inputs()));
            PartState state = states.get(part.name());
            if (state == null || !state.inputs().equals(inputs) || !files.whole(state.outputs())) {
                state = execute(part, inputs);
            }
            state.outputs().keySet().forEach(name -> outputs.add(files.file(name)));
        }
        return outputs;
    }

    private PartState execute(Part part, String inputs) throws IOException {
        PartState earlier = states.remove(part.name());
        record.of(states);
        PartState state = new PartState(inputs, files.hashes(part.execute()));
        if (earlier != null) {
            for (String name : earlier.outputs().keySet()) {
                if (!state.outputs().containsKey(name)) {
                    Files.deleteIfExists(files.file(name));
                }
            }
        }
        states.put(part.name(), state);
        record.of(states);
        return state;
    }
}
