package org.gazecheck.data;

import java.util.List;

/** Invalid data; the message lists everything that is wrong. */
public final class DataException extends Exception {
    private static final long serialVersionUID = 1;

    public DataException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }
}
