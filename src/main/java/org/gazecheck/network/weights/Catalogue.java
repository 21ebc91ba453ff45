package org.gazecheck.network.weights;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a weights file says that it holds, before any number is read.
 *
 * @param tensors by name, with the names of dictionaries around it in front ({@code state_dict/conv1.weight})
 * @param objects names of the classes of Python objects, of which nothing is read, by where they are
 * @param metadata as the file states it; empty for formats without
 */
record Catalogue(
        Path file, Map<String, TensorInfo> tensors, Map<String, String> objects, Map<String, String> metadata) {}
