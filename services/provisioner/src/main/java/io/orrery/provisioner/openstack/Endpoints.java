package io.orrery.provisioner.openstack;

import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.openstack4j.api.identity.EndpointURLResolver;
import org.openstack4j.api.types.ServiceType;
import org.openstack4j.model.identity.URLResolverParams;
import org.openstack4j.model.identity.v3.Endpoint;
import org.openstack4j.model.identity.v3.Token;

/** Finds the services in the catalog, in one region and by one interface; openstack4j asks here too. */
final class Endpoints implements EndpointURLResolver {

    /** Clouds name one service in several ways. */
    private static final Map<String, List<String>> ALIASES = Map.of(
            "compute", List.of("compute"),
            "network", List.of("network"),
            "image", List.of("image"),
            "identity", List.of("identity", "keystone"),
            "volume", List.of("block-storage", "volumev3", "volume"),
            "s3", List.of("s3"));

    private final Optional<String> region;
    private final String face;

    /** @param face public, internal or admin */
    Endpoints(Optional<String> region, String face) {
        this.region = region;
        this.face = face.replaceAll("URL$", "");
    }

    Optional<String> find(Token token, String service) {
        return ALIASES.getOrDefault(service, List.of(service)).stream()
                .flatMap(type -> token.getCatalog().stream().filter(entry -> type.equals(entry.getType())))
                .flatMap(entry -> entry.getEndpoints().stream())
                .filter(this::fits)
                .map(endpoint -> endpoint.getUrl().toString().replaceAll("/+$", ""))
                .findFirst();
    }

    /** With the version in its path that we speak, whether or not the catalog has it. */
    String url(Token token, String service) {
        var url = find(token, service)
                .orElseThrow(() -> new CloudException(
                        Sort.REFUSED,
                        "the catalog has no " + face + " endpoint of service " + service
                                + region.map(name -> " in region " + name).orElse("")));
        return switch (service) {
            case "network", "load-balancer" -> versioned(url, "/v2.0");
            case "image" -> versioned(url, "/v2");
            case "identity" -> versioned(url, "/v3");
            default -> url;
        };
    }

    @Override
    public String findURLV3(URLResolverParams params) {
        return url(params.token, name(params.type));
    }

    @Override
    public String findURLV2(URLResolverParams params) {
        throw new UnsupportedOperationException("Keystone v2 is not spoken");
    }

    private static String name(ServiceType type) {
        return type == ServiceType.BLOCK_STORAGE ? "volume" : type.name().toLowerCase(Locale.ROOT);
    }

    private boolean fits(Endpoint endpoint) {
        return endpoint.getIface() != null
                && endpoint.getIface().name().equalsIgnoreCase(face)
                && region.map(name -> name.equals(endpoint.getRegion()) || name.equals(endpoint.getRegionId()))
                        .orElse(true);
    }

    private static String versioned(String url, String version) {
        return url.matches(".*/v[0-9][0-9.]*") ? url : url + version;
    }
}
