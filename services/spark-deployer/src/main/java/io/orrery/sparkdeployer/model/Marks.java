package io.orrery.sparkdeployer.model;

/** Labels and annotations by which what is ours is known, and what changed is seen. */
public final class Marks {

    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String MANAGER = "orrery";

    /** The platform's uid. An object without it is not ours, whatever it is called. */
    public static final String PLATFORM = "orrery.io/platform";

    /** Fingerprint of the manifest that was applied: tells a changed wish from drift. */
    public static final String DIGEST = "orrery.io/digest";

    /** Where a catalogue that was fetched came from. */
    public static final String SOURCE = "orrery.io/catalogue-source";

    /** SHA-256 of a catalogue's text. */
    public static final String SOURCE_DIGEST = "orrery.io/catalogue-sha256";

    public static final String APP_NAME = "sparkoperator.k8s.io/app-name";
    public static final String SPARK_ROLE = "spark-role";

    private Marks() {}
}
