package io.orrery.contracts.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlatformJsonTest {

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void comesBackEqualFromAPlainObjectMapper() throws Exception {
        var platform = Documents.valid(Documents.brief());

        var back = json.readValue(json.writeValueAsString(platform), Platform.class);

        assertThat(back).isEqualTo(platform);
    }

    @Test
    void travelsInsideAnotherRecord() throws Exception {
        record Status(String phase, Spec spec) {}
        var status = new Status("Ready", Documents.valid(Documents.brief()).spec());

        var back = json.readValue(json.writeValueAsString(status), Status.class);

        assertThat(back).isEqualTo(status);
    }

    @Test
    void looksInJsonAsItDoesInTheDocument() throws Exception {
        var tree = json.readTree(json.writeValueAsString(Documents.valid(Documents.brief())));

        assertThat(tree.at("/apiVersion").textValue()).isEqualTo("orrery/v1");
        assertThat(tree.at("/spec/jobs/retention").textValue()).isEqualTo("90d");
        assertThat(tree.at("/spec/storage/s3/bucket").textValue()).isEqualTo("demo-openeo");
    }

    @Test
    void readsWhatANewerVersionHasWritten() throws Exception {
        var platform = Documents.valid(Documents.brief());
        var tree = new LinkedHashMap<>(PlatformWriter.toTree(platform));
        tree.put("addedLater", List.of(1));

        assertThat(json.convertValue(tree, Platform.class)).isEqualTo(platform);
    }

    @Test
    void saysWhereStoredTextCannotBeBound() {
        assertThatThrownBy(() -> json.readValue("{\"metadata\":{\"name\":\"demo\"},\"spec\":{}}", Platform.class))
                .isInstanceOf(ValueInstantiationException.class)
                .hasMessageContaining("/spec/openeo/host");
    }
}
