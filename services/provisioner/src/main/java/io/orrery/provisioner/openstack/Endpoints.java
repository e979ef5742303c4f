package io.orrery.provisioner.openstack;

import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openstack4j.api.identity.EndpointURLResolver;
import org.openstack4j.api.types.ServiceType;
import org.openstack4j.model.identity.URLResolverParams;
import org.openstack4j.model.identity.v3.Endpoint;
import org.openstack4j.model.identity.v3.Token;

/**
 * Finds the services in the catalog, in one region and by one interface, unless clouds.yaml says where they are; openstack4j
 * asks here too.
 */
final class Endpoints implements EndpointURLResolver {

    /** Catalogs and clouds.yaml name one service in several ways. */
    private static final Map<String, List<String>> NAMES = Map.of(
            "identity", List.of("identity", "keystone"), "volume", List.of("block-storage", "volumev3", "volume"));

    private final URI authUrl;
    private final Optional<String> region;
    private final CloudEntry.Services settings;

    Endpoints(CloudEntry entry) {
        this.authUrl = entry.authUrl();
        this.region = entry.region();
        this.settings = entry.services();
    }

    /**
     * Empty where the cloud does not have the service.
     *
     * @throws CloudException if the catalog does not know the region, or several where none is said
     */
    Optional<String> find(Token token, String service) {
        var names = NAMES.getOrDefault(service, List.of(service));
        return settings.of(names, "endpoint_override")
                .or(() -> inCatalog(token, names))
                .or(() -> service.equals("identity") ? Optional.of(authUrl.toString()) : Optional.empty())
                .map(url -> url.replaceAll("/+$", ""));
    }

    /** With the version in its path that we speak, whether or not the catalog has it. */
    String url(Token token, String service) {
        var url = find(token, service).orElseThrow(() -> missing(token, service));
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

    private Optional<String> inCatalog(Token token, List<String> names) {
        var face = settings.face(names);
        var there = settings.of(names, "region_name").or(() -> region);
        var types = settings.of(names, "service_type").map(List::of).orElse(names);
        var candidates = types.stream()
                .flatMap(type -> token.getCatalog().stream().filter(entry -> type.equals(entry.getType())))
                .flatMap(entry -> entry.getEndpoints().stream())
                .filter(endpoint -> endpoint.getIface() != null
                        && endpoint.getIface().name().equalsIgnoreCase(face))
                .toList();
        if (there.isEmpty()) {
            refuseToChoose(candidates);
        }
        return candidates.stream()
                .filter(endpoint -> there.map(name -> isIn(endpoint, name)).orElse(true))
                .map(endpoint -> endpoint.getUrl().toString())
                .findFirst();
    }

    private static boolean isIn(Endpoint endpoint, String region) {
        return region.equals(endpoint.getRegion()) || region.equals(endpoint.getRegionId());
    }

    /** The first of several may be another one for each service, and another one tomorrow. */
    private static void refuseToChoose(List<? extends Endpoint> candidates) {
        var regions = regions(candidates.stream());
        if (regions.size() > 1) {
            throw unknown("the cloud has several regions, " + String.join(", ", regions)
                    + ": say which one in spec.cloud.region, or as region_name in clouds.yaml");
        }
    }

    private CloudException missing(Token token, String service) {
        var regions = regions(token.getCatalog().stream().flatMap(entry -> entry.getEndpoints().stream()));
        if (region.filter(name -> !regions.contains(name)).isPresent()) {
            return unknown("region " + region.get() + " is not in the cloud's catalog; it has "
                    + (regions.isEmpty() ? "none" : String.join(", ", regions)));
        }
        var face = settings.face(NAMES.getOrDefault(service, List.of(service)));
        return new CloudException(
                Sort.REFUSED,
                "EndpointMissing",
                "the cloud's catalog has no " + face + " endpoint of service " + service
                        + region.map(name -> " in region " + name).orElse(""));
    }

    private static CloudException unknown(String message) {
        return new CloudException(Sort.REFUSED, "RegionUnknown", message);
    }

    private static List<String> regions(Stream<? extends Endpoint> endpoints) {
        return endpoints
                .map(endpoint -> Optional.ofNullable(endpoint.getRegionId()).orElse(endpoint.getRegion()))
                .filter(name -> name != null && !name.isEmpty())
                .distinct()
                .sorted()
                .collect(Collectors.toList());
    }

    private static String versioned(String url, String version) {
        return url.matches(".*/v[0-9][0-9.]*") ? url : url + version;
    }
}
