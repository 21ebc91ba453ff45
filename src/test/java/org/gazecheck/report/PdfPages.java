package org.gazecheck.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.InflaterOutputStream;

/** What Chromium's PDF writer draws on each page, as operators; characters are numbers of glyphs (ISO 32000-1, 7.8.2). */
final class PdfPages {
    private static final Pattern OBJECT = Pattern.compile("(\\d+) 0 obj\\s*(.*?)\\s*endobj", Pattern.DOTALL);
    private static final Pattern CONTENTS = Pattern.compile("/Contents (\\d+) 0 R");
    private static final Pattern STREAM = Pattern.compile("stream\r?\n(.*)\r?\nendstream", Pattern.DOTALL);

    private PdfPages() {}

    static List<String> of(byte[] pdf) {
        Map<String, String> objects = new HashMap<>();
        Matcher object = OBJECT.matcher(new String(pdf, StandardCharsets.ISO_8859_1));
        while (object.find()) {
            objects.put(object.group(1), object.group(2));
        }
        List<String> pages = new ArrayList<>();
        for (String page : objects.values()) {
            Matcher contents = CONTENTS.matcher(page);
            if (page.contains("/Type /Page\n") && contents.find()) {
                pages.add(inflated(objects.get(contents.group(1))));
            }
        }
        return pages;
    }

    private static String inflated(String object) {
        Matcher stream = STREAM.matcher(object);
        if (!stream.find()) {
            throw new IllegalArgumentException("no stream in " + object);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (InflaterOutputStream inflater = new InflaterOutputStream(out)) {
            inflater.write(stream.group(1).getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new IllegalArgumentException("not deflated", e);
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
