package io.orrery.sandbox.controllers.openeo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenEoApiTest {

    private static LayerCatalogue catalogue(Map<String, byte[]> files) throws StartFailure {
        return LayerCatalogue.load(
                String.join(",", files.keySet().stream().sorted().toList()), path -> {
                    if (!files.containsKey(path)) {
                        throw new FileNotFoundException(path);
                    }
                    return files.get(path);
                });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static OpenEoApi api() throws StartFailure {
        return new OpenEoApi(catalogue(Map.of("/a.json", bytes("""
                        [{"id": "S2", "title": "Sentinel 2", "extent": {"spatial": {"bbox": [[1, 2, 3, 4]]}},
                          "_vito": {"data_source": {"type": "stac"}}},
                         {"id": "_internal"}]
                        """), "/b.json", bytes("""
                        [{"id": "S2", "title": "Sentinel-2", "extent": {"temporal": {"interval": []}}}]
                        """))));
    }

    private static OpenEoApi.Answer get(String path) throws StartFailure {
        return api().answer("GET", path, "https://openeo.example.org");
    }

    @Test
    void showsItsCapabilities() throws Exception {
        var answer = get("/openeo/1.2/");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("api_version").asText()).isEqualTo("1.2.0");
        assertThat(answer.body().path("stac_version").asText()).isNotEmpty();
        assertThat(answer.body().path("endpoints"))
                .extracting(endpoint -> endpoint.path("path").asText())
                .contains("/collections", "/processes", "/collections/{collection_id}");
        assertThat(answer.body().path("links"))
                .extracting(link -> link.path("href").asText())
                .allMatch(href -> href.startsWith("https://openeo.example.org/"));
    }

    @Test
    void tellsItsVersionsAtTheWellKnownPlace() throws Exception {
        assertThat(get("/.well-known/openeo")
                        .body()
                        .path("versions")
                        .get(0)
                        .path("url")
                        .asText())
                .isEqualTo("https://openeo.example.org/openeo/1.2/");
    }

    @Test
    void mergesFilesByIdAndTheLaterWins() throws Exception {
        var collection = get("/openeo/1.2/collections/S2").body();

        assertThat(collection.path("title").asText()).isEqualTo("Sentinel-2");
        assertThat(collection
                        .path("extent")
                        .path("spatial")
                        .path("bbox")
                        .get(0)
                        .get(0)
                        .asInt())
                .isEqualTo(1);
        assertThat(collection.path("extent").path("temporal").path("interval").isArray())
                .isTrue();
        assertThat(collection.path("license").asText()).isEqualTo("proprietary");
    }

    @Test
    void hidesWhatBeginsWithAnUnderscore() throws Exception {
        assertThat(get("/openeo/1.2/collections").body().path("collections"))
                .extracting(collection -> collection.path("id").asText())
                .containsExactly("S2");
        assertThat(get("/openeo/1.2/collections/S2").body().has("_vito")).isFalse();
    }

    @Test
    void listsProcessesThatAreWhole() throws Exception {
        assertThat(get("/openeo/1.2/processes").body().path("processes"))
                .isNotEmpty()
                .allSatisfy(process -> {
                    assertThat(process.path("id").asText()).isNotEmpty();
                    assertThat(process.path("parameters").isArray()).isTrue();
                    assertThat(process.path("returns").has("schema")).isTrue();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/openeo/1.1/", "/openeo/1.2/jobs", "/openeo/1.2/collections/S2/items", "/openeo/1.20"})
    void answersWhatItDoesNotKnowWith404(String path) throws Exception {
        var answer = get(path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("code").asText()).isEqualTo("NotFound");
        assertThat(answer.body().path("id").asText()).startsWith("r-");
        assertThat(answer.body().path("message").asText()).isNotEmpty();
    }

    @Test
    void saysThatACollectionIsUnknown() throws Exception {
        var answer = get("/openeo/1.2/collections/S9");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("code").asText()).isEqualTo("CollectionNotFound");
    }

    @Test
    void answersOnlyGets() throws Exception {
        assertThat(api().answer("POST", "/openeo/1.2/collections", "http://x").status())
                .isEqualTo(405);
    }

    @Test
    void readsPackedCatalogues() throws Exception {
        assertThat(catalogue(Map.of("/c.json.gz", gzipped("[{\"id\": \"A\"}]"))).find("A"))
                .isPresent();
        var zipped = catalogue(Map.of("/c.zip", zipped("{\"id\": \"B\"}")));
        assertThat(zipped.listed())
                .extracting((JsonNode collection) -> collection.path("id").asText())
                .containsExactly("B");
    }

    private static byte[] gzipped(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var packed = new GZIPOutputStream(bytes)) {
            packed.write(bytes(text));
        }
        return bytes.toByteArray();
    }

    private static byte[] zipped(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("one.json"));
            zip.write(bytes(text));
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("readme.txt"));
            zip.write(bytes("no JSON"));
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\": \"A\"}", "no JSON", "", "[{\"title\": \"no id\"}]", "[1]", "[{\"id\": \"\"}]"})
    void refusesCataloguesThatTheRealOneWouldNotStartWith(String content) {
        assertThatThrownBy(() -> catalogue(Map.of("/c.json", bytes(content))))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("Failed to read layer catalog '/c.json'");
    }

    @Test
    void refusesFilesThatAreMissingOrOfAnotherKind() {
        assertThatThrownBy(() -> LayerCatalogue.load("/c.json", path -> {
                    throw new FileNotFoundException(path);
                }))
                .isInstanceOf(StartFailure.class);
        assertThatThrownBy(() -> catalogue(Map.of("/c.yaml", bytes("[]")))).isInstanceOf(StartFailure.class);
    }
}
