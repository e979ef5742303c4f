package io.orrery.contracts.platform;

/** What text may hold to be stored and sent on unharmed. */
final class Texts {

    private static final int SHOWN = 60;

    /** No NUL, and no half of a surrogate pair: neither survives YAML, JSON in UTF-8 and Kubernetes alike. */
    static boolean isPlain(String text) {
        return text.codePoints()
                .noneMatch(
                        point -> point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE));
    }

    /** The text as a message shows it: short, and without control characters. */
    static String shown(String text) {
        var cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return '"' + cut.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?") + '"';
    }

    private Texts() {}
}
