package io.orrery.sparkdeployer.plan;

import io.orrery.contracts.S3Keys;
import io.orrery.sparkdeployer.harness.World;
import io.orrery.sparkdeployer.model.Catalogue;
import io.orrery.sparkdeployer.model.Desired;
import io.orrery.sparkdeployer.model.JobRegistry;
import io.orrery.sparkdeployer.model.ResultStore;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is desired, for tests that set only what matters to them. */
final class Desires {

    private Desires() {}

    /** @param mounted entries of one mounted credential that the document names */
    static Desired with(Map<String, String> mounted, String catalogue) {
        var openeo = World.read("""
                        metadata: {name: demo}
                        spec:
                          cloud: {name: sandbox}
                          pools:
                            - {name: control, role: server, count: 1, flavor: eo1.large}
                            - {name: workers, role: agent, count: 1, flavor: eo1.large}
                          openeo:
                            host: openeo.example.org
                            secrets: [mounted]
                            env: {AWS_S3_ENDPOINT: data.example.org}
                            collections: {url: "https://example.org/layercatalog.json"}
                        """).spec().openeo();
        return new Desired(
                World.DEMO,
                World.UID,
                "spark-jobs",
                "spark-operator",
                openeo,
                new Catalogue("https://example.org/layercatalog.json", catalogue, List.of(), List.of()),
                new JobRegistry(
                        URI.create("http://registry.example.org"),
                        URI.create("http://registry.example.org/issuer"),
                        "demo",
                        "openeo-demo:secret"),
                Optional.of(new ResultStore(
                        URI.create("https://s3.example.org"), "R1", "bucket", new S3Keys("access", "secret-key"))),
                Map.of("mounted", mounted),
                Optional.empty());
    }
}
