package io.orrery.jobtracker.query;

/**
 * Patterns with {@code *}, which stands for any characters, dots too. Never goes back further than to the last star: the
 * time is at most that of pattern times text, whatever the pattern.
 */
final class Glob {

    private Glob() {}

    static boolean matches(String pattern, String text) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resume = in;
            } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    /** Whether {@code pattern}, in which there is a star, could match a text that begins with {@code prefix} and goes on. */
    static boolean mayMatchBelow(String pattern, String prefix) {
        var fixed = pattern.substring(0, pattern.indexOf('*'));
        return fixed.startsWith(prefix) || prefix.startsWith(fixed);
    }
}
