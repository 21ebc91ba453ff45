package org.gazecheck.network.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gazecheck.io.Printable;

/** What a file is that was given as weights and holds none, told by its first bytes. */
final class NotWeights {
    private static final int LOOKED_AT = 4096;
    private static final int SHOWN = 120;
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";
    private static final Pattern TITLE =
            Pattern.compile("<(title|h1|message|code)>\\s*([^<]{1,200})", Pattern.CASE_INSENSITIVE);
    private static final String AGAIN =
            ", which came in place of the weights: fetch the file again from its download link, and look at what arrives";
    private static final String UNPACK = ": unpack it, and give the weights file that is in it";
    private static final String SAVE = ", and save its weights: torch.save(model.state_dict(), 'weights.pth')";

    /** By how they begin, as ISO 8859-1. */
    private static final Map<String, String> BEGINNINGS = new LinkedHashMap<>();

    static {
        String keras = ", as Keras and TensorFlow save weights (.h5): weights are read from PyTorch's .pth and from"
                + " .safetensors; give a model of Keras as ONNX (external.model)";
        BEGINNINGS.put("\u0089HDF\r\n\u001a\n", "is an HDF5 file" + keras);
        BEGINNINGS.put("\u001f\u008b", "is packed with gzip" + UNPACK);
        BEGINNINGS.put("BZh", "is packed with bzip2" + UNPACK);
        BEGINNINGS.put("\u00fd7zXZ\0", "is packed with xz" + UNPACK);
        BEGINNINGS.put("7z\u00bc\u00af'\u001c", "is a 7z archive" + UNPACK);
        BEGINNINGS.put("Rar!\u001a\u0007", "is a RAR archive" + UNPACK);
        BEGINNINGS.put("(\u00b5/\u00fd", "is packed with Zstandard" + UNPACK);
        BEGINNINGS.put("\u0004\"M\u0018", "is packed with LZ4" + UNPACK);
        BEGINNINGS.put(
                "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019",
                "was saved by PyTorch before 1.6, or with _use_new_zipfile_serialization=False: in Python,"
                        + " torch.save(torch.load(FILE), 'weights.pth') with a newer one saves it again");
        for (char protocol = 2; protocol <= 5; protocol++) {
            BEGINNINGS.put(
                    "\u0080" + protocol, "is a Python pickle that torch.save did not write: load it in Python" + SAVE);
        }
        BEGINNINGS.put("\u0093NUMPY", "is an array of NumPy (.npy)" + ": load the network in PyTorch" + SAVE);
        BEGINNINGS.put("GGUF", "is a GGUF file of quantised weights: give them as .pth or .safetensors");
        BEGINNINGS.put("TFL3", "is a TensorFlow Lite model: give it as ONNX (external.model)");
        BEGINNINGS.put("\u0089PNG\r\n", "is a PNG image: check model.weights");
        BEGINNINGS.put("\u00ff\u00d8\u00ff", "is a JPEG image: check model.weights");
        BEGINNINGS.put("%PDF-", "is a PDF document: check model.weights");
        BEGINNINGS.put("\u007fELF", "is a program: check model.weights");
        BEGINNINGS.put("SQLite format 3\0", "is an SQLite database: check model.weights");
    }

    private NotWeights() {}

    /** The rest of a sentence that begins with the file's name; empty where the file may be one of weights. */
    static Optional<String> what(Path file) throws IOException {
        String begin = new String(beginning(file), StandardCharsets.ISO_8859_1);
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (begin.isEmpty()) {
            return Optional.of("is empty: a download or a copy that did not begin, or a full disk; fetch it again");
        }
        if (begin.length() == LOOKED_AT && begin.chars().allMatch(c -> c == 0)) {
            return Optional.of(
                    "begins with " + LOOKED_AT + " zeros: a download or a copy that did not finish; fetch it again");
        }
        for (Map.Entry<String, String> known : BEGINNINGS.entrySet()) {
            if (begin.startsWith(known.getKey())) {
                return Optional.of(known.getValue());
            }
        }
        if (begin.startsWith("TFL3", 4)) {
            return Optional.of("is a TensorFlow Lite model: give it as ONNX (external.model)");
        }
        if (begin.startsWith("ustar", 257)) {
            return Optional.of("is a tar archive" + UNPACK);
        }
        boolean protobuf =
                begin.length() > 2 && begin.charAt(0) == '\b' && begin.charAt(1) < ' ' && begin.charAt(2) == 18;
        if (name.endsWith(".onnx") || protobuf) {
            return Optional.of(
                    "is an ONNX model, or one of TensorFlow: give it as ONNX as external.model (audit --model),"
                            + " not as weights");
        }
        String text = begin.startsWith(BYTE_ORDER_MARK) ? begin.substring(BYTE_ORDER_MARK.length()) : begin;
        return isText(text) ? text(text.strip()) : Optional.empty();
    }

    static byte[] beginning(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LOOKED_AT);
        }
    }

    private static Optional<String> text(String begin) {
        String lower = begin.toLowerCase(Locale.ROOT);
        if (begin.startsWith("version https://git-lfs.github.com/spec/")) {
            return Optional.of("is a Git LFS pointer, not the weights" + size(begin)
                    + ": run git lfs pull where it was cloned, or download the file itself");
        }
        if (begin.startsWith("/annex/objects/") || begin.startsWith("../") && begin.contains("annex/objects")) {
            return Optional.of("is a git-annex pointer, not the weights: run git annex get where it was cloned");
        }
        if (begin.startsWith("outs:") && begin.contains("md5:")) {
            return Optional.of("is a DVC pointer, not the weights: run dvc pull where it was cloned");
        }
        if (lower.contains("<!doctype html") || lower.contains("<html") || lower.startsWith("<head")) {
            return Optional.of("is a web page" + title(begin) + AGAIN);
        }
        if (begin.startsWith("<")) {
            return Optional.of("is an XML document" + title(begin) + AGAIN);
        }
        if (begin.startsWith("{") || begin.startsWith("[")) {
            if (begin.contains("\"weight_map\"")) {
                return Optional.of(
                        "is the index of weights that lie in several files: load the model in Python, and save"
                                + " its weights in one: save_pretrained(FOLDER, max_shard_size='10GB'), or"
                                + " torch.save(model.state_dict(), 'weights.pth')");
            }
            return Optional.of("is JSON text (" + shown(begin) + ")" + AGAIN);
        }
        return begin.isEmpty()
                ? Optional.of("holds nothing but blanks: fetch it again")
                : Optional.of(
                        "is text (" + shown(begin) + "), no intact zip of torch.save and no safetensors: where a server"
                                + " gave it in place of the weights, fetch the file again");
    }

    private static String size(String pointer) {
        Matcher size = Pattern.compile("(?m)^size (\\d{1,18})$").matcher(pointer);
        return size.find() ? " (which have " + size.group(1) + " bytes)" : "";
    }

    private static String title(String page) {
        Matcher title = TITLE.matcher(page);
        String words = title.find() ? title.group(2) : page.replaceAll("<[^>]*>", " ");
        return words.isBlank() ? "" : " (" + shown(words) + ")";
    }

    private static String shown(String words) {
        String line = words.strip().replaceAll("\\s+", " ");
        return Printable.of(line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line);
    }

    /** Whatever has a zero or another control character is none. */
    private static boolean isText(String begin) {
        return begin.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f');
    }
}
