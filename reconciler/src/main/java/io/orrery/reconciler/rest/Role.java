package io.orrery.reconciler.rest;

/** What the bearer of a token may do; each may also do what those before it may. */
enum Role {
    /** Looks. */
    VIEWER,
    /** Changes platforms. */
    OPERATOR,
    /** Removes platforms, and sees secrets. */
    ADMIN;

    boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }
}
