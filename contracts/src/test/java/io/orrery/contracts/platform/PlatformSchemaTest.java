package io.orrery.contracts.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(JSON.valueToTree(PlatformSchema.tree()));

    @Test
    void isShippedAsItFollowsFromTheRecords() throws IOException {
        Generated.check(
                Documents.ROOT.resolve("contracts/src/main/resources").resolve(PlatformSchema.RESOURCE), text());
    }

    @Test
    void isOnTheClassPath() throws IOException {
        try (var shipped = PlatformSchema.open()) {
            assertThat(JSON.readTree(shipped)).isEqualTo(JSON.readTree(text()));
        }
    }

    @Test
    void isItselfASchema() throws IOException {
        var metaSchema = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(metaSchema.validate(text(), InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo.yaml", "creodias.yaml"})
    void takesTheExamples(String example) {
        assertThat(validate(Documents.example(example))).isEmpty();
    }

    @Test
    void takesAShortDocument() {
        assertThat(validate(Documents.tree(Documents.brief()))).isEmpty();
        assertThat(validate(Documents.tree(Documents.existing()))).isEmpty();
    }

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void takesWhatTheReaderTakes(long seed) {
        assertThat(validate(PlatformWriter.toTree(RandomPlatforms.platform(seed))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    /spec/pools/0/cuont          | 3
                    /spec/pools/0/count          | '3'
                    /spec/pools/0/count          | 501
                    /spec/pools/0/role           | boss
                    /spec/pools/0/volume         | {}
                    /spec/pools/0/taints         | [a=b]
                    /spec/image                  | {name: a, build: {}}
                    /spec/network/cidr           | everywhere
                    /spec/network/attach         | eodata
                    /spec/kubernetes             | {existing: {}}
                    /spec/kubernetes             | {existing: {kubeconfig: a}, cni: canal}
                    /spec/openeo/host            | https://openeo.example.org
                    /spec/openeo/env             | {1A: x}
                    /spec/openeo/driver/memory   | 4G
                    /spec/openeo/collections     | {inline: []}
                    /spec/openeo/collections     | {}
                    /spec/jobs/costs             | {fee: -1}
                    /metadata                    | {}
                    """)
    void refuses(String pointer, String value) {
        assertThat(validate(Documents.briefWith(pointer, value))).isNotEmpty();
    }

    private static Set<ValidationMessage> validate(Object tree) {
        return SCHEMA.validate(JSON.valueToTree(tree));
    }

    private static String text() throws IOException {
        var printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
        printer.indentObjectsWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
        return JSON.writer(printer).writeValueAsString(PlatformSchema.tree()) + "\n";
    }
}
