package io.orrery.contracts.platform;

/**
 * Regular expressions of the texts that occur in more than one place, each with its words for people. They go into the
 * JSON Schema too, so they keep to what Java and ECMAScript read alike.
 */
final class Shape {

    static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    static final String LABEL_WORDS = "a DNS label (lower case letters, digits and dashes, 63 at most)";

    static final String HOST =
            "(?=.{1,253}$)[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*";
    static final String HOST_WORDS = "a host name in lower case, such as openeo.example.org";

    /** Names of things in OpenStack are free; what is refused is only what nobody can have meant. */
    static final String NAME = "[^\\s\\x00-\\x1f\\x7f]([^\\x00-\\x1f\\x7f]*[^\\s\\x00-\\x1f\\x7f])?";

    static final String NAME_WORDS = "a name or id, without blanks around it";

    /** A file name of a mounted secret: no path, so that a document cannot point anywhere else. */
    static final String MOUNTED = "[A-Za-z0-9][-A-Za-z0-9_.]{0,126}";

    static final String MOUNTED_WORDS = "the name of a mounted credential (letters, digits, dashes, dots, underscores)";

    static final String CHART = "[a-z0-9][-a-z0-9]*";
    static final String CHART_WORDS = "a chart's name";

    static final String VERSION = "v?[0-9]+\\.[0-9]+(\\.[0-9]+)?([-+][0-9A-Za-z.+-]+)?";
    static final String VERSION_WORDS = "a version, such as 2.5.2";

    static final String IMAGE =
            "[a-z0-9][-a-z0-9._]*(:[0-9]+)?(/[a-z0-9][-a-z0-9._]*)*(:[A-Za-z0-9_][-A-Za-z0-9._]{0,127})?(@sha256:[0-9a-f]{64})?";

    static final String IMAGE_WORDS = "a container image, such as registry.example.org/openeo:1.0";

    static final String ENV = "[A-Za-z_][A-Za-z0-9_]*";
    static final String ENV_WORDS = "the name of an environment variable";

    static final String QUALIFIED =
            "([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
    static final String QUALIFIED_WORDS = "a Kubernetes label key, such as example.org/zone";

    static final String BUCKET = "[a-z0-9][-a-z0-9.]{1,61}[a-z0-9]";
    static final String BUCKET_WORDS = "a bucket name (3 to 63 lower case letters, digits, dashes and dots)";

    private Shape() {}
}
