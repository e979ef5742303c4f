package io.orrery.sparkdeployer.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.orrery.contracts.ClusterStatus;
import io.orrery.contracts.PlatformName;
import io.orrery.contracts.Uid;
import io.orrery.sparkdeployer.reconcile.Cluster;
import io.orrery.sparkdeployer.reconcile.Clusters;
import io.orrery.sparkdeployer.reconcile.Secrets;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Clusters by the sealed kubeconfig that was told of them; a client for each platform, made anew with a new kubeconfig. */
public final class KubernetesClusters implements Clusters, AutoCloseable {

    private static final String ELLIPTIC = "EC";
    private static final int CONNECT_MILLIS = 5_000;
    private static final int REQUEST_MILLIS = 20_000;

    private record Open(String digest, KubernetesClient client) {}

    private final Secrets secrets;
    private final Map<PlatformName, Open> open = new ConcurrentHashMap<>();

    public KubernetesClusters(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public Cluster open(PlatformName platform, Uid uid, ClusterStatus.Access access) {
        var digest = access.kubeconfig().digest();
        var former = open.get(platform);
        if (former != null && former.digest().equals(digest)) {
            return new KubernetesCluster(former.client());
        }
        var kubeconfig = new String(secrets.open(uid, access.kubeconfig()), UTF_8);
        var client =
                new KubernetesClientBuilder().withConfig(config(kubeconfig)).build();
        open.put(platform, new Open(digest, client));
        if (former != null) {
            former.client().close();
        }
        return new KubernetesCluster(client);
    }

    /** The loop tries again by itself; a call that retries for long would hide what is wrong. */
    private static Config config(String kubeconfig) {
        var config = Config.fromKubeconfig(kubeconfig);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setRequestTimeout(REQUEST_MILLIS);
        config.setRequestRetryBackoffLimit(1);
        if (config.getClientKeyData() != null && isElliptic(config.getClientKeyData())) {
            config.setClientKeyAlgo(ELLIPTIC);
        }
        return config;
    }

    /** Kubeconfig's reader takes a key in PKCS#8 for RSA, since its heading does not say what it is; its bytes do. */
    private static boolean isElliptic(String base64) {
        var pem = new String(Base64.getDecoder().decode(base64), UTF_8);
        var der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z0-9 ]+-----", ""));
        try {
            var key = KeyFactory.getInstance(ELLIPTIC).generatePrivate(new PKCS8EncodedKeySpec(der));
            return ELLIPTIC.equals(key.getAlgorithm());
        } catch (InvalidKeySpecException e) {
            return pem.contains("BEGIN EC ");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM reads elliptic keys", e);
        }
    }

    @Override
    public void forget(PlatformName platform) {
        var former = open.remove(platform);
        if (former != null) {
            former.client().close();
        }
    }

    @Override
    public void close() {
        open.keySet().forEach(this::forget);
    }
}
