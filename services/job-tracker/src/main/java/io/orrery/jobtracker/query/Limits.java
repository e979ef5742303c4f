package io.orrery.jobtracker.query;

/** How large a query may be. Each of them is far above what any client sends, and keeps one from holding the others. */
final class Limits {

    /** Of queries within queries. */
    static final int DEPTH = 16;

    /** Of clauses in the whole query; Elasticsearch's own limit. */
    static final int CLAUSES = 1024;

    /** Of values in one {@code terms}; Elasticsearch's own limit. */
    static final int VALUES = 65_536;

    private static final int LONGEST_PATH = 256;

    private Limits() {}

    /** The name of a field, or a pattern for it. */
    static String path(String path) {
        if (path.length() > LONGEST_PATH) {
            throw new QueryException("names of fields have at most " + LONGEST_PATH + " characters");
        }
        return path;
    }
}
