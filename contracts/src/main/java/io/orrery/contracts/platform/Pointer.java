package io.orrery.contracts.platform;

/** A JSON pointer (RFC 6901); {@code ""} is the whole document. */
record Pointer(String text) {

    static final Pointer ROOT = new Pointer("");

    /** Keys come from strangers, and end up in answers and logs. */
    private static final int LONGEST_KEY = 200;

    Pointer to(String key) {
        var cut = key.length() > LONGEST_KEY ? key.substring(0, LONGEST_KEY) + "…" : key;
        var plain = cut.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
        return new Pointer(text + "/" + plain.replace("~", "~0").replace("/", "~1"));
    }

    Pointer to(int index) {
        return new Pointer(text + "/" + index);
    }

    @Override
    public String toString() {
        return text;
    }
}
