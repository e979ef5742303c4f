package io.orrery.contracts.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever platform there is, it is the same again after every way that it travels. */
class RoundTripTest {

    private final ObjectMapper plain = new ObjectMapper();

    private final ObjectMapper equipped = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .build();

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void asATree(long seed) {
        var platform = RandomPlatforms.platform(seed);

        assertThat(PlatformReader.read(PlatformWriter.toTree(platform))).isEqualTo(new Reading.Valid(platform));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void asJson(long seed) throws Exception {
        var platform = RandomPlatforms.platform(seed);

        var back = plain.readValue(plain.writeValueAsBytes(platform), Platform.class);

        assertThat(back).isEqualTo(platform).hasSameHashCodeAs(platform);
        assertThat(equipped.readValue(equipped.writeValueAsBytes(platform.spec()), Spec.class))
                .isEqualTo(platform.spec());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void asYaml(long seed) throws Exception {
        var platform = RandomPlatforms.platform(seed);

        assertThat(Documents.valid(Documents.YAML.writeValueAsString(platform))).isEqualTo(platform);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isWrittenTheSameWayEachTime(long seed) throws Exception {
        var platform = RandomPlatforms.platform(seed);
        var back = plain.readValue(plain.writeValueAsBytes(platform), Platform.class);

        assertThat(plain.writeValueAsString(back)).isEqualTo(plain.writeValueAsString(platform));
    }
}
