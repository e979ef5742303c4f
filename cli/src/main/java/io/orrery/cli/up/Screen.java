package io.orrery.cli.up;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Shows progress: on a terminal one line for each stage that is rewritten in place, elsewhere a line for each change.
 * Messages go above the block.
 */
public class Screen {

    private static final int WIDTH = 110;

    private final PrintWriter out;
    private final boolean live;
    private final Map<String, String> block = new LinkedHashMap<>();
    private int drawn;

    public Screen(PrintWriter out, boolean live) {
        this.out = out;
        this.live = live;
    }

    public synchronized void say(String message) {
        erase();
        out.println(message);
        draw();
    }

    public synchronized void stage(Duration at, String stage, String phase, String detail) {
        var text =
                String.format(Locale.ROOT, "  %6.1f s  %-15s %-12s %s", at.toMillis() / 1000.0, stage, phase, detail);
        if (!live) {
            out.println(text);
            out.flush();
            return;
        }
        erase();
        block.put(stage, text.length() > WIDTH ? text.substring(0, WIDTH - 1) + "…" : text);
        draw();
    }

    /** Leaves the block as it stands; what is said next goes below it. */
    public synchronized void settle() {
        block.clear();
        drawn = 0;
    }

    private void erase() {
        if (drawn > 0) {
            out.print("\033[" + drawn + "A\033[J");
        }
        drawn = 0;
    }

    private void draw() {
        block.values().forEach(out::println);
        drawn = block.size();
        out.flush();
    }
}
