package io.orrery.sparkdeployer.model;

/** What the objects are called. Others rely on some of them: upstream's batch jobs run as {@link #BATCH_ACCOUNT}. */
public final class Names {

    public static final String OPENEO = "openeo";
    public static final String OPENEO_DRIVER = "openeo-driver";
    public static final String ZOOKEEPER = "zookeeper";
    public static final String SPARK_OPERATOR = "spark-operator";

    /** The service account of the web application. */
    public static final String WEB_ACCOUNT = "openeo";

    /** The service account that upstream's template for batch jobs names. */
    public static final String BATCH_ACCOUNT = "batch-jobs";

    public static final String CATALOGUE = "openeo-layercatalog";
    public static final String BACKEND_CONFIG = "openeo-backendconfig";
    public static final String REGISTRY_SECRET = "openeo-registry";
    public static final String STORE_SECRET = "openeo-s3";

    /** The Secret of all entries of mounted credentials that become environment variables. */
    public static final String MOUNTED_SECRET = "openeo-environment";

    public static final String TLS_SECRET = "openeo-tls";

    /** The port of openEO's web application. */
    public static final int API_PORT = 50001;

    private Names() {}
}
