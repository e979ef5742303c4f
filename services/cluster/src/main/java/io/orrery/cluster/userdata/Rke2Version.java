package io.orrery.cluster.userdata;

import java.util.regex.Pattern;

/** As {@code v1.35.4+rke2r1}. */
record Rke2Version(int major, int minor) {

    private static final Pattern FORM = Pattern.compile("v(\\d{1,4})\\.(\\d{1,4})\\.\\d{1,4}[-+.0-9A-Za-z]{0,40}");

    static Rke2Version of(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a version of RKE2: " + text);
        }
        return new Rke2Version(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    /** From 1.36 on RKE2 comes with Traefik, before that with ingress-nginx. */
    boolean bringsTraefik() {
        return major > 1 || minor >= 36;
    }
}
