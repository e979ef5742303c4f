package io.orrery.contracts.platform;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Valid platforms of all kinds: each key is said or left out, and said in one of several ways; the same for the same seed. */
final class RandomPlatforms {

    private static final String[] NAMES = {"a", "eo1.large", "Ubuntu 22.04 LTS", "Übergröße", "名前", "x".repeat(200)};
    private static final String[] MOUNTED = {"a", "my-keys", "K.8_s"};
    private static final String[] MEMORY = {"512m", "4g", "4Gi", "1t", "1536Mi"};
    private static final String[] CRON = {"*/5 * * * *", "@daily", "0 1,2 1-5 jan mon-fri", "? * 1/2 * *"};

    private final Random random;

    private RandomPlatforms(long seed) {
        this.random = new Random(seed);
    }

    static Platform platform(long seed) {
        return Documents.valid(new RandomPlatforms(seed).document());
    }

    private Map<String, Object> document() {
        var managed = chance(4);
        var spec = new LinkedHashMap<String, Object>();
        if (managed) {
            spec.put("cloud", object(Map.of("name", one(MOUNTED)), "region", one(NAMES)));
            spec.put("kubernetes", managedKubernetes());
            spec.put("pools", pools());
        } else {
            spec.put("kubernetes", Map.of("existing", Map.of("kubeconfig", one(MOUNTED))));
        }
        maybe(
                spec,
                "image",
                chance(1)
                        ? Map.of("name", one(NAMES))
                        : Map.of("build", object(Map.of(), "base", one(NAMES), "flavor", one(NAMES))));
        maybe(spec, "network", network());
        spec.put("storage", Map.of("s3", storage(managed)));
        maybe(
                spec,
                "spark",
                Map.of(
                        "operator",
                        object(Map.of(), "namespace", "op"),
                        "jobs",
                        Map.of("namespace", "j" + random.nextInt(9))));
        spec.put("openeo", openeo());
        maybe(spec, "jobs", jobs());
        maybe(spec, "monitoring", monitoring());
        maybe(
                spec,
                "policy",
                object(
                        Map.of(),
                        "drift",
                        one("repair", "report"),
                        "replacementsPerHour",
                        random.nextInt(501),
                        "keepBucket",
                        chance(1)));
        return Map.of("metadata", Map.of("name", "p" + random.nextInt(1000) + "x"), "spec", spec);
    }

    private Map<String, Object> managedKubernetes() {
        return chance(1)
                ? object(
                        Map.of(),
                        "version",
                        one("v1.35.4+rke2r1", "v1.36.10-rc1+rke2r12"),
                        "cni",
                        one("canal", "calico", "cilium", "flannel"),
                        "pods",
                        one("10.64.0.0/12", "10.42.0.0/16"),
                        "snapshots",
                        object(Map.of(), "cron", one(CRON), "keep", 1 + random.nextInt(1000)))
                : object(
                        Map.of("distribution", "rke", "version", "v1.32.6-rancher1-1"),
                        "cni",
                        one("canal", "calico", "flannel"));
    }

    private List<Object> pools() {
        var pools = new ArrayList<>();
        pools.add(pool("control", "server", 1 + 2 * random.nextInt(4)));
        IntStream.rangeClosed(1, 1 + random.nextInt(4))
                .forEach(i -> pools.add(pool("w" + i, "agent", 1 + random.nextInt(3))));
        return pools;
    }

    private Map<String, Object> pool(String name, String role, int count) {
        return object(
                Map.of("name", name, "role", role, "count", count, "flavor", one(NAMES)),
                "spread",
                one("soft-anti-affinity", "anti-affinity", "none"),
                "volume",
                object(Map.of("size", 1 + random.nextInt(65536)), "type", one(NAMES), "use", one("boot", "data")),
                "labels",
                object(Map.of(), "example.org/a", "", "b", "B_1"),
                "taints",
                List.of("a:NoExecute", "example.org/b=c:" + one("NoSchedule", "PreferNoSchedule")),
                "zones",
                List.of("az1", "az2"));
    }

    private Map<String, Object> network() {
        return object(
                Map.of(),
                "cidr",
                one("10.20.0.0/24", "192.168.0.0/16"),
                "external",
                one(NAMES),
                "attach",
                List.of(one(NAMES), "eodata"),
                "dns",
                List.of("9.9.9.9", "2620:fe::fe"),
                "borrow",
                object(
                        Map.of("network", one(NAMES)),
                        "subnet",
                        one(NAMES),
                        "router",
                        one(NAMES),
                        "securityGroups",
                        List.of("g")),
                "api",
                object(
                        Map.of(),
                        "endpoint",
                        one("vip", "octavia"),
                        "address",
                        "198.51.100.9",
                        "names",
                        List.of("a.example.org")),
                "allow",
                object(
                        Map.of(),
                        "api",
                        List.of("::/0", "192.0.2.0/24"),
                        "http",
                        List.of(),
                        "ssh",
                        List.of("192.0.2.7/32")));
    }

    private Map<String, Object> storage(boolean cloud) {
        var always = cloud
                ? Map.<String, Object>of()
                : Map.<String, Object>of("endpoint", "https://s3.example.org:9000/x", "credentials", one(MOUNTED));
        return object(always, "region", "RegionOne", "bucket", "b" + random.nextInt(1000) + ".x");
    }

    private Map<String, Object> openeo() {
        return object(
                Map.of("host", one("openeo.example.org", "localhost"), "collections", collections()),
                "image",
                one("a", "registry.example.org:5000/a/b:1.0", "a@sha256:" + "0".repeat(64)),
                "application",
                object(
                        Map.of(),
                        "file",
                        "local:///opt/kube.py",
                        "jars",
                        List.of("https://example.org/a.jar"),
                        "sparkVersion",
                        "3.5.1"),
                "driver",
                object(Map.of(), "cores", 1 + random.nextInt(256), "memory", one(MEMORY)),
                "executors",
                object(Map.of(), "instances", 1 + random.nextInt(1000), "cores", 2, "memory", one(MEMORY)),
                "env",
                object(Map.of(), "KUBE", "true", "EMPTY", "", "TEXT", "a\nb\t\"ü\" 😀"),
                "secrets",
                List.of(one(MOUNTED)),
                "ingress",
                object(Map.of(), "className", "nginx", "tls", one(MOUNTED)));
    }

    private Map<String, Object> collections() {
        return switch (random.nextInt(3)) {
            case 0 -> Map.of("file", "some where/layercatalog.json");
            case 1 -> object(Map.of("url", "https://example.org/c.json?a=b"), "sha256", "0a".repeat(32));
            default -> Map.of("inline", List.of(collection("A"), collection("B")));
        };
    }

    private Map<String, Object> collection(String id) {
        var collection = new HashMap<String, Object>(Map.of("id", id));
        collection.put("null", null);
        collection.put("whole", random.nextLong());
        collection.put("small", random.nextInt(10));
        collection.put("decimal", random.nextDouble());
        collection.put("round", 10.0);
        collection.put("huge", BigInteger.TEN.pow(30));
        collection.put("list", List.of(1, true, "ü", Map.of("a~/", List.of())));
        return collection;
    }

    private Map<String, Object> jobs() {
        return object(
                Map.of(),
                "registry",
                object(Map.of("url", "https://registry.example.org/api"), "credentials", one(MOUNTED)),
                "tracker",
                one("orrery", "upstream"),
                "cron",
                one(CRON),
                "retention",
                one("1d", "36h", "129600m", "90d", "3650d", "86401s"),
                "costs",
                object(Map.of(), "cpuHour", random.nextDouble(), "memoryGibHour", random.nextInt(9), "fee", 1e-7));
    }

    private Map<String, Object> monitoring() {
        return object(
                Map.of(),
                "namespace",
                "watch",
                "prometheus",
                chance(1),
                "grafana",
                chance(1),
                "alertmanager",
                chance(1),
                "historyServer",
                chance(1),
                "traefik",
                chance(1),
                "cost",
                one("opencost", "kubecost", "none"),
                "logs",
                one("filebeat", "none"),
                "pushprox",
                chance(1),
                "versions",
                object(Map.of(), "traefik", "41.3.1-rc.1"));
    }

    /** Some keys always, and each of the others in half of the cases. */
    private Map<String, Object> object(Map<String, ?> always, Object... sometimes) {
        var object = new LinkedHashMap<String, Object>(always);
        for (var i = 0; i < sometimes.length; i += 2) {
            maybe(object, (String) sometimes[i], sometimes[i + 1]);
        }
        return object;
    }

    private void maybe(Map<String, Object> object, String key, Object value) {
        if (chance(1)) {
            object.put(key, value);
        }
    }

    /** So many to one. */
    private boolean chance(int odds) {
        return random.nextInt(odds + 1) > 0;
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
