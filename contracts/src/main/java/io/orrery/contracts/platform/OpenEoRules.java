package io.orrery.contracts.platform;

import io.orrery.contracts.platform.Violation.Code;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** openEO's environment and catalogue. */
final class OpenEoRules implements Rules.Rule {

    private static final Pointer ENV = new Pointer("/spec/openeo/env");
    private static final Pointer COLLECTIONS = new Pointer("/spec/openeo/collections");
    private static final Pointer CHART = new Pointer("/spec/spark/operator/chart/repo");

    /** The document is shown to every viewer, so a name that promises a secret is refused rather than trusted. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i)(.*_)?(SECRET|TOKEN|CREDENTIALS?|(PRIVATE|ACCESS|API|SECRET)_KEY(_ID)?)|.*PASSW(OR)?D");

    @Override
    public void check(Bound bound, Findings findings) {
        Urls.schemes(bound, CHART, Set.of("http", "https", "oci"), findings);
        Urls.web(bound, COLLECTIONS.to("url"), findings);
        environment(bound, findings);
        bound.at(COLLECTIONS, LayerCatalogue.Inline.class).ifPresent(catalogue -> ids(catalogue, findings));
    }

    private static void environment(Bound bound, Findings findings) {
        bound.at(ENV, Map.class).ifPresent(env -> {
            for (var name : env.keySet()) {
                if (SECRET.matcher((String) name).matches()) {
                    findings.add(
                            ENV.to((String) name),
                            Code.NOT_ALLOWED,
                            "secrets do not belong in the document: mount it, and name it in openeo.secrets");
                }
            }
        });
    }

    /** openEO's web application does not start with a collection that has no id, and of doubles it takes the last. */
    private static void ids(LayerCatalogue.Inline catalogue, Findings findings) {
        var seen = new HashMap<String, Integer>();
        for (var i = 0; i < catalogue.inline().size(); i++) {
            var at = COLLECTIONS.to("inline").to(i).to("id");
            if (!(catalogue.inline().get(i).get("id") instanceof String id) || id.isBlank()) {
                findings.add(at, Code.MISSING, "each collection needs an id, a text that is not empty");
                continue;
            }
            var first = seen.putIfAbsent(id, i);
            if (first != null) {
                findings.add(at, Code.DUPLICATE, Texts.shown(id) + " is the id of collection " + first + " already");
            }
        }
    }
}
