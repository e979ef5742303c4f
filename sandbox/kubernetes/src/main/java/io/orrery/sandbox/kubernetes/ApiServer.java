package io.orrery.sandbox.kubernetes;

import io.orrery.sandbox.kubernetes.auth.Authenticator;
import io.orrery.sandbox.kubernetes.auth.ServiceAccountTokens;
import io.orrery.sandbox.kubernetes.http.Calls;
import io.orrery.sandbox.kubernetes.http.Discovery;
import io.orrery.sandbox.kubernetes.http.Faults;
import io.orrery.sandbox.kubernetes.http.Front;
import io.orrery.sandbox.kubernetes.http.ResourceVerbs;
import io.orrery.sandbox.kubernetes.http.Router;
import io.orrery.sandbox.kubernetes.http.ServerVersion;
import io.orrery.sandbox.kubernetes.http.WatchFeed;
import io.orrery.sandbox.kubernetes.lifecycle.Housekeeping;
import io.orrery.sandbox.kubernetes.model.Metadata;
import io.orrery.sandbox.kubernetes.registry.DefaultObjects;
import io.orrery.sandbox.kubernetes.registry.Registry;
import io.orrery.sandbox.kubernetes.store.Store;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An emulated Kubernetes API server, on the wire; what it knows is lost when it is closed. */
public final class ApiServer implements AutoCloseable {
    private static final Duration CERTIFICATE_LIFE = Duration.ofDays(365);
    /** The first address of the service network is the API server's own, as upstream has it. */
    private static final List<String> USUAL_NAMES = List.of(
            "kubernetes",
            "kubernetes.default",
            "kubernetes.default.svc",
            "kubernetes.default.svc.cluster.local",
            "localhost",
            "127.0.0.1",
            "10.43.0.1");

    private final Store store;
    private final Registry registry;
    private final Housekeeping housekeeping;
    private final Front front;
    private final Calls calls = new Calls();
    private final Faults faults = new Faults();

    private ApiServer(ApiServerSettings settings) {
        store = new Store(settings.logLength());
        registry = new Registry(store, settings.clock());
        housekeeping =
                Housekeeping.start(store, registry, settings.pki().serverCa().certificatePem());
        new DefaultObjects(registry).create();
        var tokens = new ServiceAccountTokens(settings.pki().serviceAccountKeyPem(), this::uid);
        var authenticator = new Authenticator(settings.pki().clientCa().certificate(), tokens);
        var router = new Router(
                new Discovery(registry.catalog(), ServerVersion.of(settings.version())),
                new ResourceVerbs(registry, tokens, settings.clock()));
        var feed = new WatchFeed(settings.bookmarkInterval());
        front = new Front(authenticator, router, feed, calls, faults);
    }

    /** Serves when this returns. */
    public static ApiServer start(ApiServerSettings settings) {
        var server = new ApiServer(settings);
        var names = new ArrayList<>(USUAL_NAMES);
        names.addAll(settings.subjectAltNames());
        if (!names.contains(settings.bindAddress())) {
            names.add(settings.bindAddress());
        }
        var serving = settings.pki().serverCa().issueServer("kube-apiserver", names, CERTIFICATE_LIFE);
        server.front.listen(
                settings.bindAddress(),
                settings.port(),
                serving,
                settings.pki().clientCa().certificate());
        new DefaultObjects(server.registry)
                .announce(settings.bindAddress(), server.url().getPort());
        return server;
    }

    public URI url() {
        return front.url();
    }

    /** Refuses connections and ends those there are, as a server that is gone; what is stored stays. */
    public void pause() {
        front.pause();
    }

    /** Serves again, at the same address. */
    public void resume() {
        front.resume();
    }

    /** What went over the wire so far. */
    public Calls calls() {
        return calls;
    }

    /** What is to go wrong. */
    public Faults faults() {
        return faults;
    }

    /** Forgets past revisions: watches and pages that want them are answered with 410. */
    public void compact() {
        store.compact();
    }

    private Optional<String> uid(String kind, String namespace, String name) {
        return registry.catalog()
                .findKind("v1", kind)
                .flatMap(served -> registry.find(served, namespace, name))
                .map(object -> Metadata.of(object).uid());
    }

    @Override
    public void close() {
        front.close();
        housekeeping.close();
    }
}
