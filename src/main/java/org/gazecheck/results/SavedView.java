package org.gazecheck.results;

import java.util.List;

/**
 * What somebody wants to see again on the report's page, an entry of {@code views.json}.
 *
 * @param name not blank, by which it is replaced and taken away
 * @param note may be empty
 * @param address from {@code #/} on, as the page writes it
 */
public record SavedView(String name, String note, String address) {
    private static final List<String> PARTS = List.of("name", "note", "address");
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST = 8000;

    /** @throws IllegalArgumentException that says which component is wrong */
    public SavedView {
        name = name.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("name has to have 1 to " + LONGEST_NAME + " characters");
        }
        if (note.length() > LONGEST || address.length() > LONGEST) {
            throw new IllegalArgumentException("note or address has more than " + LONGEST + " characters");
        }
        if (!address.startsWith("#/")) {
            throw new IllegalArgumentException("address does not begin with '#/'");
        }
    }

    /**
     * Of a JSON object with the components as keys, all of them texts.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    public static SavedView of(byte[] json) {
        TextObject object = TextObject.of(TextObject.tree(json), PARTS, "a view");
        return new SavedView(object.required("name"), object.required("note"), object.required("address"));
    }
}
