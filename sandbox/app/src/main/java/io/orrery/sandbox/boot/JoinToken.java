package io.orrery.sandbox.boot;

import java.util.Optional;

/**
 * A cluster's token, in full as {@code K10<hash of the CA>::<user>:<password>} or as the password alone.
 *
 * @see <a href="https://docs.rke2.io/security/token">RKE2, Cluster Access Tokens</a>
 */
record JoinToken(Optional<String> caHash, String password) {
    private static final String FULL = "K10";
    private static final int HASH_LENGTH = 64;

    static JoinToken parse(String token) throws JoinRefused {
        if (token.isEmpty()) {
            throw JoinRefused.fatal("starting kubernetes: preparing server: token must not be empty");
        }
        if (!token.startsWith(FULL)) {
            return new JoinToken(Optional.empty(), token);
        }
        var parts = token.substring(FULL.length()).split("::", 2);
        var login = parts[parts.length - 1].split(":", 2);
        if (login.length != 2 || login[1].isEmpty()) {
            throw JoinRefused.fatal("starting kubernetes: preparing server: invalid token format");
        }
        if (parts.length == 1 || parts[0].isEmpty()) {
            return new JoinToken(Optional.empty(), login[1]);
        }
        if (parts[0].length() != HASH_LENGTH) {
            throw JoinRefused.fatal("starting kubernetes: preparing server: invalid token CA hash length");
        }
        return new JoinToken(Optional.of(parts[0]), login[1]);
    }

    @Override
    public String toString() {
        return "JoinToken[withheld]";
    }
}
