package org.gazecheck.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a file is by its first bytes.
 *
 * @param name of the format, such as AVIF or PDF, in the words of messages
 * @param use what is done with it
 */
public record FileContent(String name, Use use) {
    /** What is done with a file. */
    public enum Use {
        /** An image of a format that is decoded. */
        READ,
        /** An image of another format: it may be meant as one of the data set, and cannot be used. */
        UNREADABLE,
        /** Known not to be an image. */
        OTHER,
        /** Not known; its name may tell. */
        UNKNOWN
    }

    private static final int HEAD = 512;
    private static final int LARGEST_BOX = 64;

    private static final FileContent RAW = new FileContent("RAW", Use.UNREADABLE);
    private static final FileContent TEXT = new FileContent("text", Use.OTHER);
    private static final FileContent HTML = new FileContent("HTML", Use.OTHER);
    private static final FileContent EMPTY = new FileContent("empty", Use.OTHER);
    private static final FileContent UNKNOWN = new FileContent("other", Use.UNKNOWN);

    /** First bytes, and where they stand. */
    private record Signature(int at, String bytes, FileContent means) {
        boolean matches(String head) {
            return head.startsWith(bytes, at);
        }
    }

    private static final List<Signature> SIGNATURES = List.of(
            unreadable("JPEG XL", "\0\0\0\fJXL \r\n"),
            unreadable("JPEG 2000", "\0\0\0\fjP  \r\n"),
            unreadable("JPEG 2000", "\u00ffO\u00ffQ"),
            unreadable("JPEG XR", "II\u00bc"),
            unreadable("PSD", "8BPS"),
            unreadable("GIMP", "gimp xcf"),
            unreadable("OpenEXR", "v/1\u0001"),
            unreadable("Radiance HDR", "#?RADIANCE"),
            unreadable("FITS", "SIMPLE  ="),
            unreadable("QOI", "qoif"),
            unreadable("DDS", "DDS "),
            unreadable("BigTIFF", "II+\0"),
            unreadable("BigTIFF", "MM\0+"),
            unreadable("Netpbm", "P1\n"),
            unreadable("Netpbm", "P2\n"),
            unreadable("Netpbm", "P3\n"),
            unreadable("Netpbm", "P4\n"),
            unreadable("Netpbm", "P5\n"),
            unreadable("Netpbm", "P6\n"),
            unreadable("Netpbm", "P7\n"),
            new Signature(128, "DICM", new FileContent("DICOM", Use.UNREADABLE)),
            new Signature(0, "IIRO", RAW),
            new Signature(0, "IIRS", RAW),
            new Signature(0, "MMOR", RAW),
            new Signature(0, "IIU\0", RAW),
            new Signature(0, "FUJIFILMCCD-RAW", RAW),
            new Signature(6, "HEAPCCDR", RAW),
            new Signature(0, "FOVb", RAW),
            new Signature(0, "\0MRM", RAW),
            new Signature(0, "II*\0", RAW),
            other("PDF", "%PDF"),
            other("ZIP", "PK\u0003\u0004"),
            other("gzip", "\u001f\u008b"),
            other("icon", "\0\0\u0001\0"),
            other("video", "\u001aE\u00df\u00a3"),
            new Signature(8, "AVI ", new FileContent("video", Use.OTHER)),
            new Signature(8, "WAVE", new FileContent("sound", Use.OTHER)));

    /** Brands of files in boxes (ISO/IEC 14496-12) that hold images. */
    private static final Map<String, String> BRANDS = Map.ofEntries(
            Map.entry("avif", "AVIF"),
            Map.entry("avis", "AVIF"),
            Map.entry("heic", "HEIC"),
            Map.entry("heix", "HEIC"),
            Map.entry("heim", "HEIC"),
            Map.entry("heis", "HEIC"),
            Map.entry("hevc", "HEIC"),
            Map.entry("hevx", "HEIC"),
            Map.entry("mif1", "HEIF"),
            Map.entry("msf1", "HEIF"),
            Map.entry("jxl ", "JPEG XL"),
            Map.entry("crx ", "RAW"));

    private static final Set<String> NAMES = Set.of(
            "jpg", "jpeg", "jpe", "jfif", "png", "apng", "bmp", "dib", "gif", "webp", "tif", "tiff", "avif", "heic",
            "heif", "hif", "jxl", "jp2", "j2k", "jpx", "jxr", "psd", "xcf", "svg", "svgz", "exr", "hdr", "dcm", "pbm",
            "pgm", "ppm", "pnm", "qoi", "tga");

    /** Of cameras' own formats; most of them are TIFF by their first bytes. */
    private static final Set<String> RAW_NAMES = Set.of(
            "3fr", "arw", "cr2", "cr3", "crw", "dcr", "dng", "erf", "fff", "iiq", "k25", "kdc", "mef", "mos", "mrw",
            "nef", "nrw", "orf", "pef", "raf", "raw", "rw2", "rwl", "sr2", "srf", "srw", "x3f");

    /** Of a file's bytes, or its first 512. */
    public static FileContent of(byte[] file) {
        if (file.length == 0) {
            return EMPTY;
        }
        Optional<ImageFormat> format = ImageFormat.of(file);
        if (format.isPresent()) {
            return new FileContent(format.get().text(), Use.READ);
        }
        String head = new String(file, 0, Math.min(file.length, HEAD), StandardCharsets.ISO_8859_1);
        if (head.startsWith("ftyp", 4)) {
            return boxes(head);
        }
        if (head.startsWith("\u00ff\n")) {
            return new FileContent("JPEG XL", Use.UNREADABLE);
        }
        for (Signature signature : SIGNATURES) {
            if (signature.matches(head)) {
                return signature.means;
            }
        }
        return text(head);
    }

    /** Of a file; cameras' own formats are told by their names too. */
    public static FileContent of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in.readNBytes(HEAD)).named(file.getFileName().toString());
        }
    }

    /** The same, of a file of a certain name: what is TIFF by its first bytes may be a camera's own format. */
    public FileContent named(String file) {
        return name.equals(ImageFormat.TIFF.text()) && RAW_NAMES.contains(suffix(file)) ? RAW : this;
    }

    /** Whether a file is an image by its name. */
    public static boolean namesImage(Path file) {
        String suffix = suffix(file.getFileName().toString());
        return NAMES.contains(suffix) || RAW_NAMES.contains(suffix);
    }

    /** Whether it is an image, of a format that is read or not. */
    public boolean isImage() {
        return use == Use.READ || use == Use.UNREADABLE;
    }

    /** Why it is refused as an image. */
    public String refusal() {
        return switch (use) {
            case READ -> "it is a " + name + " image";
            case UNREADABLE ->
                "it is "
                        + (name.equals("RAW") ? "a camera's raw file" : article() + " " + name + " image")
                        + ", a format that is not read: convert it to PNG or JPEG";
            case OTHER ->
                switch (name) {
                    case "empty" -> "the file is empty";
                    case "HTML" -> "it is an HTML page, not an image";
                    case "text", "video", "sound", "icon" ->
                        "it is " + article() + " " + name + (name.equals("icon") ? "" : " file") + ", not an image";
                    default -> "it is " + article() + " " + name + " file, not an image";
                };
            case UNKNOWN -> "it is not a JPEG, PNG, BMP, GIF, WebP or TIFF image";
        };
    }

    private String article() {
        return "AEIO".indexOf(name.charAt(0)) >= 0
                        || name.equals("icon")
                        || Set.of("SVG", "FITS").contains(name)
                ? "an"
                : "a";
    }

    private static FileContent boxes(String head) {
        int size = Math.min(head.charAt(2) << 8 | head.charAt(3), LARGEST_BOX);
        String found = null;
        for (int at = 8; at + 4 <= Math.min(size, head.length()); at += at == 8 ? 8 : 4) {
            String brand = BRANDS.get(head.substring(at, at + 4));
            if (brand != null && (found == null || found.equals("HEIF"))) {
                found = brand;
            }
        }
        return found == null ? new FileContent("video", Use.OTHER) : new FileContent(found, Use.UNREADABLE);
    }

    private static FileContent text(String head) {
        String lower = head.stripLeading().toLowerCase(Locale.ROOT);
        if (lower.startsWith("<!doctype html") || lower.startsWith("<html")) {
            return HTML;
        }
        if (lower.startsWith("<svg")
                || lower.contains("<svg") && (lower.startsWith("<?xml") || lower.startsWith("<!"))
                || lower.startsWith("\u00ef\u00bb\u00bf") && lower.contains("<svg")) {
            return new FileContent("SVG", Use.UNREADABLE);
        }
        boolean printable = head.chars().allMatch(c -> c >= ' ' && c != 0x7f || c == '\n' || c == '\r' || c == '\t');
        return printable ? TEXT : UNKNOWN;
    }

    private static String suffix(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static Signature unreadable(String name, String bytes) {
        return new Signature(0, bytes, new FileContent(name, Use.UNREADABLE));
    }

    private static Signature other(String name, String bytes) {
        return new Signature(0, bytes, new FileContent(name, Use.OTHER));
    }
}
