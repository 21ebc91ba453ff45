package org.gazecheck.report;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses of images in the gallery, as {@code address.js} reads them. */
final class GalleryAddress {
    private final String parameters;

    private GalleryAddress(String parameters) {
        this.parameters = parameters;
    }

    /** Of all images, right or wrong. */
    static GalleryAddress all() {
        return new GalleryAddress("outcome=any");
    }

    /** Of those among them that are right ("correct") or wrong ("error"). */
    static GalleryAddress of(String outcome) {
        return new GalleryAddress("outcome=" + outcome);
    }

    GalleryAddress with(String key, String value) {
        return new GalleryAddress(parameters + "&" + key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "#/images?" + parameters;
    }
}
