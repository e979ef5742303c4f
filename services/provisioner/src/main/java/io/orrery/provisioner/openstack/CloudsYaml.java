package io.orrery.provisioner.openstack;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.provisioner.reconcile.CloudException;
import io.orrery.provisioner.reconcile.CloudException.Sort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The clouds that are described in clouds.yaml, secure.yaml, clouds-public.yaml and the environment, put together as
 * openstacksdk's {@code config/loader.py} does. Files are read anew each time: an exchanged credential counts at once.
 */
public final class CloudsYaml {

    private static final Logger LOG = Logger.getLogger(CloudsYaml.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ConfigFiles files;
    private final Environment environment;

    CloudsYaml(ConfigFiles files, Map<String, String> environment) {
        this.files = files;
        this.environment = new Environment(environment);
    }

    /** Only these files, of which the first that is there counts; a secure.yaml beside each, and no environment. */
    public CloudsYaml(List<Path> clouds) {
        this(
                new ConfigFiles(
                        clouds,
                        clouds.stream()
                                .map(file -> file.resolveSibling("secure.yaml"))
                                .toList(),
                        clouds.stream()
                                .map(file -> file.resolveSibling("clouds-public.yaml"))
                                .toList()),
                Map.of());
    }

    /** @param configured a file that is looked at before all others */
    public static CloudsYaml bySearchPath(Optional<Path> configured, Map<String, String> environment) {
        var home = Path.of(System.getProperty("user.home"));
        return new CloudsYaml(ConfigFiles.usual(configured, environment, home), environment);
    }

    /**
     * @param region the one that is asked for; without it the first that the entry knows
     * @throws CloudException if there is no such entry, or not this region in it, or something is missing in it
     */
    CloudEntry entry(String name, Optional<String> region) {
        var file = ConfigFiles.first(files.clouds());
        var where = file.map(Path::toString).orElse("the environment");
        var own = own(name, file);
        var profile = profile(name, own);
        var chosen = Regions.of(own).or(() -> Regions.of(profile)).map(regions -> regions.choose(name, region));
        var merged = new ObjectNode(instance);
        over(merged, profile);
        over(merged, own);
        chosen.ifPresent(choice -> over(merged, choice.values()));
        var called =
                chosen.map(Regions.Region::name).filter(it -> !it.isEmpty()).or(() -> region);
        return new EntryReader("cloud " + name + " (" + where + ")", merged, called).read();
    }

    private ObjectNode own(String name, Optional<Path> file) {
        var clouds = new ObjectNode(instance);
        file.ifPresent(it -> deep(clouds, section(read(it), "clouds")));
        ConfigFiles.first(files.secure()).ifPresent(it -> deep(clouds, section(read(it), "clouds")));
        environment.cloud().ifPresent(variables -> {
            if (clouds.has(environment.name())) {
                throw misconfigured(
                        "cloud " + environment.name()
                                + " is described by both clouds.yaml and OS_ variables: call one of them differently (OS_CLOUD_NAME)");
            }
            clouds.set(environment.name(), variables);
        });
        if (clouds.get(name) instanceof ObjectNode found) {
            return found;
        }
        throw new CloudException(Sort.REFUSED, "CloudUnknown", unknown(name, file, clouds));
    }

    private String unknown(String name, Optional<Path> file, ObjectNode clouds) {
        if (file.isEmpty()) {
            return "there is no cloud " + name + ": no clouds.yaml is in any of these places: "
                    + String.join(
                            ", ",
                            files.clouds().stream().map(CloudsYaml::absolute).toList());
        }
        return "there is no cloud " + name + ": " + absolute(file.get()) + " has "
                + String.join(
                        ", ",
                        clouds.properties().stream().map(Map.Entry::getKey).toList());
    }

    /** What the entry builds on; openstacksdk goes on without it too. */
    private ObjectNode profile(String name, ObjectNode own) {
        var wanted = Stream.of("profile", "cloud")
                .map(own::get)
                .filter(node -> node != null && node.isTextual())
                .map(JsonNode::asText)
                .filter(it -> !it.equals(environment.name()))
                .findFirst();
        if (wanted.isEmpty()) {
            return new ObjectNode(instance);
        }
        var found = ConfigFiles.first(files.vendors())
                .map(file -> section(read(file), "public-clouds").get(wanted.get()))
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast);
        if (found.isEmpty()) {
            LOG.warnf("cloud %s builds on profile %s, which no clouds-public.yaml has", name, wanted.get());
        }
        return found.orElseGet(() -> new ObjectNode(instance));
    }

    /** As a dictionary's update, except that {@code auth} is updated and not replaced. */
    private static void over(ObjectNode under, ObjectNode more) {
        more.properties().forEach(field -> {
            if (field.getKey().equals("auth")
                    && under.get("auth") instanceof ObjectNode auth
                    && field.getValue() instanceof ObjectNode update) {
                auth.setAll(update);
            } else {
                under.set(field.getKey(), field.getValue().deepCopy());
            }
        });
    }

    private static void deep(ObjectNode under, ObjectNode more) {
        more.properties().forEach(field -> {
            if (field.getValue() instanceof ObjectNode update
                    && under.get(field.getKey()) instanceof ObjectNode inner) {
                deep(inner, update);
            } else {
                under.set(field.getKey(), field.getValue());
            }
        });
    }

    private static ObjectNode section(JsonNode document, String name) {
        return document.get(name) instanceof ObjectNode section ? section : new ObjectNode(instance);
    }

    /** As YAML 1.1 with merge keys, which Python reads; JSON is some of it. What is in the file is never quoted. */
    private static JsonNode read(Path file) {
        var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        try (var reader = Files.newBufferedReader(file)) {
            return JSON.valueToTree(yaml.load(reader));
        } catch (IOException e) {
            throw misconfigured(file + " cannot be read: " + e.getMessage());
        } catch (MarkedYAMLException e) {
            throw misconfigured(file + " is no YAML: " + e.getProblem() + " in line "
                    + (e.getProblemMark().getLine() + 1));
        } catch (YAMLException | IllegalArgumentException e) {
            throw misconfigured(file + " is no YAML: " + e.getClass().getSimpleName());
        }
    }

    private static CloudException misconfigured(String message) {
        return new CloudException(Sort.REFUSED, "CloudMisconfigured", message);
    }

    private static String absolute(Path file) {
        return file.toAbsolutePath().toString();
    }
}
