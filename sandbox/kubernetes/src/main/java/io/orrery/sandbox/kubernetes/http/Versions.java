package io.orrery.sandbox.kubernetes.http;

import io.orrery.sandbox.kubernetes.registry.Catalog;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The order of versions (apimachinery: CompareKubeAwareVersionStrings): v2, v1, v1beta2, v1beta1, v1alpha1, others. */
final class Versions {
    private static final Pattern KUBE = Pattern.compile("v(\\d+)(?:(alpha|beta)(\\d+))?");

    private static final Comparator<String> NEWEST_FIRST =
            Comparator.comparingLong(Versions::rank).reversed().thenComparing(Comparator.naturalOrder());

    private Versions() {}

    static List<String> of(Catalog catalog, String group) {
        return catalog.all().stream()
                .filter(served -> served.type().group().equals(group))
                .map(served -> served.type().version())
                .distinct()
                .sorted(NEWEST_FIRST)
                .toList();
    }

    private static long rank(String version) {
        var matcher = KUBE.matcher(version);
        if (!matcher.matches()) {
            return -1;
        }
        var step = matcher.group(3) == null ? 0 : Long.parseLong(matcher.group(3));
        return stage(matcher) * 1_000_000_000_000L + Long.parseLong(matcher.group(1)) * 1_000_000 + step;
    }

    private static long stage(Matcher matcher) {
        return matcher.group(2) == null ? 2 : matcher.group(2).equals("beta") ? 1 : 0;
    }
}
