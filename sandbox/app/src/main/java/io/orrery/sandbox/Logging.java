package io.orrery.sandbox;

/** Logs go to standard error, in the form that the file beside this class says. */
final class Logging {
    private static final String FILE = "sandbox-logging.properties";

    private Logging() {}

    /** Before the first logger is asked for; what was chosen on the command line stays. */
    static void configure() {
        setIfMissing("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        setIfMissing("logging.configuration", Logging.class.getResource(FILE).toString());
    }

    private static void setIfMissing(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
