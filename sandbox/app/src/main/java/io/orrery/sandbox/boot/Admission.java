package io.orrery.sandbox.boot;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Who may join a cluster, as its first server has set it: by token, and for servers by settings that must be equal. */
final class Admission {
    private final String caHash;
    private final String serverPassword;
    private final String agentPassword;
    private final Map<String, String> criticalSettings;

    private Admission(
            String caHash, String serverPassword, String agentPassword, Map<String, String> criticalSettings) {
        this.caHash = caHash;
        this.serverPassword = serverPassword;
        this.agentPassword = agentPassword;
        this.criticalSettings = criticalSettings;
    }

    /** An agent-token is taken as it stands; without one agents join with the servers' password. */
    static Admission setBy(Rke2Boot first, ClusterCa ca) throws JoinRefused {
        var serverPassword = first.token().password();
        var agentPassword = first.config().text("agent-token").orElse(serverPassword);
        return new Admission(ca.hash(), serverPassword, agentPassword, first.criticalSettings());
    }

    /** In the order in which RKE2 finds out. */
    void check(Rke2Boot joiner, URI registration, Console console) throws JoinRefused {
        var token = joiner.token();
        if (token.caHash().isEmpty()) {
            console.rke2(
                    "level=warning msg=\"Cluster CA certificate is not trusted by the host CA bundle, but the token"
                            + " does not include a CA hash. Use the full token from the server's node-token file to enable"
                            + " Cluster CA validation.\"");
        } else if (!token.caHash().get().equals(caHash)) {
            throw refused(
                    joiner,
                    "failed to validate connection to cluster at " + registration
                            + ": token CA hash does not match the Cluster CA certificate hash: "
                            + token.caHash().get() + " != " + caHash);
        }
        requirePassword(joiner, token, registration);
        requireEqualSettings(joiner);
    }

    private void requirePassword(Rke2Boot joiner, JoinToken token, URI registration) throws JoinRefused {
        var server = joiner.unit() == Rke2Unit.SERVER;
        if (!token.password().equals(server ? serverPassword : agentPassword)) {
            throw refused(
                    joiner,
                    registration + (server ? "/v1-rke2/server-bootstrap" : "/v1-rke2/serving-kubelet.crt")
                            + ": 401 Unauthorized");
        }
    }

    private void requireEqualSettings(Rke2Boot joiner) throws JoinRefused {
        if (joiner.unit() == Rke2Unit.SERVER && !joiner.criticalSettings().equals(criticalSettings)) {
            throw JoinRefused.fatal("starting kubernetes: preparing server: failed to validate server configuration:"
                    + " critical configuration value mismatch between servers: "
                    + differing(joiner.criticalSettings()));
        }
    }

    private Set<String> differing(Map<String, String> theirs) {
        var keys = new TreeSet<>(criticalSettings.keySet());
        keys.addAll(theirs.keySet());
        keys.removeIf(key -> Objects.equals(criticalSettings.get(key), theirs.get(key)));
        return keys;
    }

    private static JoinRefused refused(Rke2Boot joiner, String why) {
        return joiner.unit() == Rke2Unit.SERVER
                ? JoinRefused.fatal("starting kubernetes: preparing server: " + why)
                : JoinRefused.error(why);
    }
}
