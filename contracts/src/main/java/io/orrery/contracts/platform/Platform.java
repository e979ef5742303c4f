package io.orrery.contracts.platform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.orrery.contracts.PlatformName;
import java.util.Map;

/**
 * The document that a person writes and all services turn by, with every default filled in. Texts become one through
 * {@link PlatformReader}; in JSON it has the same form as in the document, so what stands on Kafka can be read by people.
 */
public record Platform(
        @Key(about = "Version of the document's format.", change = ChangeClass.LIVE, absent = "orrery/v1")
        ApiVersion apiVersion,

        @Key(about = "Says that this is a Platform.", change = ChangeClass.LIVE, absent = "Platform")
        Kind kind,

        @Key(about = "What the platform is called.", change = ChangeClass.REFUSED)
        Metadata metadata,

        @Key(about = "What is wanted.", change = ChangeClass.REBUILD)
        Spec spec) {

    public enum ApiVersion {
        @JsonProperty("orrery/v1")
        V1
    }

    public enum Kind {
        @JsonProperty("Platform")
        PLATFORM
    }

    /** Who the document is about. */
    public record Metadata(
            @Key(about = "The platform's name: a DNS label of 3 to 40 characters.", change = ChangeClass.REFUSED)
            PlatformName name) {}

    public Platform(PlatformName name, Spec spec) {
        this(ApiVersion.V1, Kind.PLATFORM, new Metadata(name), spec);
    }

    public PlatformName name() {
        return metadata.name();
    }

    /** Reads what a service has stored, see {@link PlatformReader#restore}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Platform of(Map<String, Object> tree) {
        return PlatformReader.restore(tree, Platform.class);
    }

    @JsonValue
    Map<String, Object> tree() {
        return PlatformWriter.toTree(this);
    }
}
