package io.orrery.contracts.platform;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** The network of the machines, and who may reach what on it. */
public record Network(
        @Key(
                about = "Addresses of the machines: an IPv4 network from /16 to /28.",
                change = ChangeClass.REFUSED,
                absent = "10.20.0.0/24")
        Cidr cidr,

        @Key(
                about = "The external network, by name or id: floating IPs come from it.",
                change = ChangeClass.REFUSED,
                absent = "external",
                pattern = Shape.NAME,
                shape = Shape.NAME_WORDS)
        String external,

        @Key(
                about = "Existing networks, by name or id, that every machine also gets a port on.",
                change = ChangeClass.ROLL,
                pattern = Shape.NAME,
                shape = Shape.NAME_WORDS,
                max = 8)
        List<String> attach,

        @Key(about = "Name servers; none means the cloud's own.", change = ChangeClass.ROLL, max = 5)
        List<InetAddress> dns,

        @Key(about = "Existing things to use in place of own ones.", change = ChangeClass.REFUSED)
        Borrow borrow,

        @Key(about = "How the API server is reached.", change = ChangeClass.REFUSED)
        Api api,

        @Key(about = "Who may reach the platform from outside.", change = ChangeClass.LIVE)
        Allow allow) {

    public Network {
        attach = List.copyOf(attach);
        dns = List.copyOf(dns);
    }

    /** Things of other owners, by name or id: used, never changed, never deleted. */
    public record Borrow(
            @Key(
                    about = "An existing network.",
                    change = ChangeClass.REFUSED,
                    pattern = Shape.NAME,
                    shape = Shape.NAME_WORDS)
            Optional<String> network,

            @Key(
                    about = "An existing subnet of that network; its range must be network.cidr.",
                    change = ChangeClass.REFUSED,
                    pattern = Shape.NAME,
                    shape = Shape.NAME_WORDS)
            Optional<String> subnet,

            @Key(
                    about = "An existing router.",
                    change = ChangeClass.REFUSED,
                    pattern = Shape.NAME,
                    shape = Shape.NAME_WORDS)
            Optional<String> router,

            @Key(
                    about = "Existing security groups that every machine gets beside its own.",
                    change = ChangeClass.LIVE,
                    pattern = Shape.NAME,
                    shape = Shape.NAME_WORDS,
                    max = 8)
            List<String> securityGroups) {

        public Borrow {
            securityGroups = List.copyOf(securityGroups);
        }
    }

    /** How the API server is reached from outside. */
    public record Api(
            @Key(
                    about = "vip: an address that the servers hand to each other; octavia: a load balancer.",
                    change = ChangeClass.REFUSED,
                    absent = "vip")
            Endpoint endpoint,

            @Key(about = "An existing floating IP to use; without it one is made.", change = ChangeClass.REFUSED)
            Optional<InetAddress> address,

            @Key(
                    about = "Further host names that the API server's certificate is for.",
                    change = ChangeClass.ROLL,
                    pattern = Shape.HOST,
                    shape = Shape.HOST_WORDS,
                    max = 16)
            List<String> names) {

        public Api {
            names = List.copyOf(names);
        }
    }

    public enum Endpoint {
        @JsonProperty("vip")
        VIP,
        @JsonProperty("octavia")
        OCTAVIA
    }

    /** Source ranges that security groups let in, IPv4 or IPv6. */
    public record Allow(
            @Key(
                    about = "Who may reach the API server (6443).",
                    change = ChangeClass.LIVE,
                    absent = "0.0.0.0/0",
                    max = 64)
            List<Cidr> api,

            @Key(about = "Who may reach openEO (80, 443).", change = ChangeClass.LIVE, absent = "0.0.0.0/0", max = 64)
            List<Cidr> http,

            @Key(
                    about = "Who may reach the machines' port 22; classic RKE is installed through it.",
                    change = ChangeClass.LIVE,
                    max = 64)
            List<Cidr> ssh) {

        public Allow {
            api = List.copyOf(api);
            http = List.copyOf(http);
            ssh = List.copyOf(ssh);
        }
    }
}
