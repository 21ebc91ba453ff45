package org.gazecheck.nightly;

import java.nio.file.Path;

/**
 * Where everything lies in the folder of nights.
 *
 * @param root the configuration's {@code output.dir}
 */
record NightsFolder(Path root) {
    /** What is shown to people. */
    Path page() {
        return root.resolve("index.html");
    }

    /** One line of JSON an event. */
    Path events() {
        return root.resolve("events.jsonl");
    }

    /** For Prometheus, where the configuration names no other file. */
    Path metrics() {
        return root.resolve("metrics.prom");
    }

    /** Results of watched runs as they were, a folder each. */
    Path models() {
        return root.resolve("models");
    }

    Path model(String id) {
        return models().resolve(id);
    }

    Path night(String id) {
        return root.resolve(id);
    }
}
