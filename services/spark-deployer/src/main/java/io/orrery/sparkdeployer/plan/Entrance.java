package io.orrery.sparkdeployer.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.orrery.sparkdeployer.model.Desired;
import io.orrery.sparkdeployer.model.Marks;
import io.orrery.sparkdeployer.model.Names;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** How openEO is reached: within the cluster, and from outside. */
final class Entrance {

    static final String API = "/openeo/1.2";

    private Entrance() {}

    /** Without a certificate of the document's, the ingress answers on HTTP. */
    static URI url(Desired desired) {
        var scheme = desired.certificate().isPresent() ? "https" : "http";
        return URI.create(scheme + "://" + desired.openeo().host() + API);
    }

    /** Chooses the driver by the operator's labels, which follow it from run to run. */
    static HasMetadata service(Desired desired) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(desired.jobs())
                .withName(Names.OPENEO)
                .endMetadata()
                .withNewSpec()
                .withSelector(new TreeMap<>(Map.of(Marks.APP_NAME, Names.OPENEO, Marks.SPARK_ROLE, "driver")))
                .addNewPort()
                .withName("http")
                .withPort(Names.API_PORT)
                .withProtocol("TCP")
                .withNewTargetPort(Names.API_PORT)
                .endPort()
                .endSpec()
                .build();
    }

    static HasMetadata ingress(Desired desired) {
        var ingress = new IngressBuilder()
                .withNewMetadata()
                .withNamespace(desired.jobs())
                .withName(Names.OPENEO)
                .endMetadata()
                .withNewSpec()
                .withIngressClassName(desired.openeo().ingress().className())
                .addNewRule()
                .withHost(desired.openeo().host())
                .withNewHttp()
                .addNewPath()
                .withPath("/")
                .withPathType("Prefix")
                .withNewBackend()
                .withNewService()
                .withName(Names.OPENEO)
                .withNewPort()
                .withNumber(Names.API_PORT)
                .endPort()
                .endService()
                .endBackend()
                .endPath()
                .endHttp()
                .endRule()
                .endSpec();
        if (desired.certificate().isPresent()) {
            ingress.editSpec()
                    .addNewTl()
                    .withHosts(desired.openeo().host())
                    .withSecretName(Names.TLS_SECRET)
                    .endTl()
                    .endSpec();
        }
        return ingress.build();
    }
}
