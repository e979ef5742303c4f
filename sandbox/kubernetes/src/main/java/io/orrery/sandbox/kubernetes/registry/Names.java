package io.orrery.sandbox.kubernetes.registry;

import io.orrery.sandbox.kubernetes.model.ApiError.Cause;
import io.orrery.sandbox.kubernetes.model.ResourceType;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Upstream's rules for names: a subdomain for most kinds, a label for some, a path segment for RBAC. */
final class Names {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SERVICE = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Set<String> LABELS = Set.of("namespaces", "resourcequotas");

    /** Upstream leaves out vowels and digits that read as letters, so that no words come out. */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private static final int SUFFIX = 5;
    private static final int LONGEST_BASE = 58;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Names() {}

    static Optional<Cause> problem(ResourceType type, String name) {
        if (type.group().equals("rbac.authorization.k8s.io")) {
            return Set.of(".", "..").contains(name) || name.contains("/") || name.contains("%")
                    ? Optional.of(invalid(name, "may not be '.' or '..' or contain '/' or '%'"))
                    : Optional.empty();
        }
        if (type.qualifiedPlural().equals("services")) {
            return check(
                    name,
                    SERVICE,
                    63,
                    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
                            + " alphabetic character, and end with an alphanumeric character");
        }
        if (LABELS.contains(type.qualifiedPlural())) {
            return check(
                    name,
                    LABEL,
                    63,
                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must"
                            + " start and end with an alphanumeric character");
        }
        return check(
                name,
                SUBDOMAIN,
                253,
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and"
                        + " must start and end with an alphanumeric character");
    }

    private static Optional<Cause> check(String name, Pattern pattern, int longest, String rule) {
        if (name.length() > longest) {
            return Optional.of(invalid(name, "must be no more than " + longest + " characters"));
        }
        return pattern.matcher(name).matches() ? Optional.empty() : Optional.of(invalid(name, rule));
    }

    private static Cause invalid(String name, String rule) {
        return Cause.invalid("metadata.name", "Invalid value: \"" + name + "\": " + rule);
    }

    static List<Cause> required() {
        return List.of(
                new Cause("metadata.name", "FieldValueRequired", "Required value: name or generateName is required"));
    }

    static String generated(String base) {
        var name = new StringBuilder(base.length() > LONGEST_BASE ? base.substring(0, LONGEST_BASE) : base);
        for (var i = 0; i < SUFFIX; i++) {
            name.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }
}
