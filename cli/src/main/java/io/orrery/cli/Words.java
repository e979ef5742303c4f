package io.orrery.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Words for a terminal. */
final class Words {

    private Words() {}

    /** What others wrote, without what a terminal would take for a command. */
    static String printable(String text) {
        return text.codePoints()
                .map(sign -> Character.isISOControl(sign) || Character.getType(sign) == Character.FORMAT ? ' ' : sign)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Rows of the same length as lines, with every column as wide as its widest word. */
    static List<String> table(List<List<String>> rows) {
        var widths = IntStream.range(0, rows.getFirst().size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, widths.length)
                        .mapToObj(column -> pad(row.get(column), widths[column]))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .toList();
    }

    private static String pad(String word, int width) {
        return word + " ".repeat(width - word.length());
    }
}
