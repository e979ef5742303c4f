package io.orrery.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orrery.cli.Documents.Document;
import java.net.URI;
import org.junit.jupiter.api.Test;

class OnACloudTest {

    private static final URI SANDBOX = URI.create("http://127.0.0.1:9000");

    @Test
    void placesTheDemoOnTheCloudAndLeavesItsBucketInTheSandbox() throws Exception {
        var placed = placed("""
                {"spec": {"cloud": {"name": "sandbox", "region": "RegionOne"},
                          "storage": {"s3": {"bucket": "demo-openeo", "credentials": "sandbox-s3"}}}}""");

        assertThat(placed.at("/spec/cloud").toString()).isEqualTo("{\"name\":\"waw\"}");
        assertThat(placed.at("/spec/storage/s3/endpoint").asText()).isEqualTo(SANDBOX.toString());
    }

    @Test
    void leavesADocumentThatWasWrittenForTheCloudAsItIs() throws Exception {
        var written = """
                {"spec": {"cloud": {"name": "waw", "region": "WAW3-1"},
                          "storage": {"s3": {"endpoint": "https://s3.example.org", "credentials": "mine"}}}}""";

        assertThat(placed(written)).isEqualTo(new ObjectMapper().readTree(written));
    }

    private static JsonNode placed(String json) throws Exception {
        return new ObjectMapper()
                .readTree(
                        OnACloud.of(new Document("demo", json), "waw", SANDBOX).json());
    }
}
