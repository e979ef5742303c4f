package io.orrery.sparkdeployer.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.orrery.sparkdeployer.plan.Catalogues.Findings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Checks {@code _vito.data_source}: where openEO finds a collection's products. */
final class DataSourceCheck {

    /** The types that openEO's driver knows, and the keys that it cannot do without. */
    private static final Map<String, List<String>> REQUIRED = Map.ofEntries(
            Map.entry("stac", List.of("url")),
            Map.entry("file-s2", List.of("opensearch_collection_id")),
            Map.entry("file-oscars", List.of("opensearch_collection_id")),
            Map.entry("cgls_oscars", List.of("opensearch_collection_id")),
            Map.entry("file-s1-coherence", List.of("opensearch_collection_id")),
            Map.entry("file-probav", List.of()),
            Map.entry("file-s3", List.of()),
            Map.entry("file-s5p", List.of()),
            Map.entry("creodias-s1-backscatter", List.of()),
            Map.entry("sentinel-hub", List.of("endpoint", "dataset_id")),
            Map.entry("file-agera5", List.of("data_glob", "date_regex")),
            Map.entry("file-glob", List.of("data_glob", "date_regex")),
            Map.entry("file-cgls2", List.of("data_glob", "date_regex")),
            Map.entry("file-globspatialonly", List.of("data_glob")),
            Map.entry("geotiff", List.of("glob_pattern", "date_regex")),
            Map.entry("accumulo", List.of("data_id")),
            Map.entry("testing", List.of()),
            Map.entry("merged_by_common_name", List.of()),
            Map.entry("virtual:merge-by-common-name", List.of()));

    /** Year, month and day. */
    private static final int DATE_GROUPS = 3;

    private DataSourceCheck() {}

    static void check(String name, JsonNode collection, Findings findings) {
        var source = collection.path("_vito").path("data_source");
        var type = source.path("type").asText("").toLowerCase(Locale.ROOT);
        if (type.isEmpty()) {
            findings.remark(name, "names no _vito.data_source.type: openEO would look for Accumulo, which is not here");
            return;
        }
        if (!REQUIRED.containsKey(type)) {
            findings.remark(name, "has a data source of a type that is not known: " + type);
            return;
        }
        REQUIRED.get(type).stream()
                .filter(key -> source.path(key).asText("").isEmpty())
                .forEach(key -> findings.fault(name, "has a data source of type " + type + " without " + key));
        for (var key : List.of("url", "endpoint", "opensearch_endpoint")) {
            var value = source.path(key);
            if (value.isTextual() && !isAbsolute(value.asText())) {
                findings.fault(name, "has a data source whose " + key + " is no absolute URL: " + value.asText());
            }
        }
        if (source.path("date_regex").isTextual()) {
            dates(name, source.path("date_regex").asText(), findings);
        }
    }

    private static void dates(String name, String regex, Findings findings) {
        try {
            var groups = Pattern.compile(regex).matcher("").groupCount();
            if (groups != DATE_GROUPS) {
                findings.fault(
                        name, "has a date_regex with " + groups + " groups, and needs three: year, month and day");
            }
        } catch (PatternSyntaxException e) {
            findings.fault(name, "has a date_regex that is no regular expression: " + e.getDescription());
        }
    }

    private static boolean isAbsolute(String url) {
        try {
            var uri = new URI(url);
            return uri.isAbsolute() && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
