package org.gazecheck.config;

import java.nio.file.Path;

/** Where results go. */
public record OutputSettings(@Setting(value = "the run folder", initial = "reports/" + Setting.NAME) Path dir) {}
