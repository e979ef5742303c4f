package io.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {

    @TempDir
    Path folder;

    @Test
    void putsALayerCatalogueInThePlaceOfItsFileName() throws Exception {
        Files.writeString(folder.resolve("layers.json"), "[{\"id\": \"S2\"}]");

        var document = read("metadata: {name: demo}\nspec: {openeo: {collections: {file: layers.json}}}\n");

        assertThat(document.name()).isEqualTo("demo");
        assertThat(new ObjectMapper().readTree(document.json()).at("/spec/openeo/collections"))
                .isEqualTo(new ObjectMapper().readTree("{\"inline\": [{\"id\": \"S2\"}]}"));
    }

    @Test
    void followsAliases() throws Exception {
        var document = read("metadata: {name: demo}\na: &extent {x: 1}\nb: *extent\n");

        assertThat(new ObjectMapper().readTree(document.json()).at("/b/x").asInt())
                .isEqualTo(1);
    }

    @Test
    void saysWhereADocumentIsNoYaml() {
        assertThatThrownBy(() -> read("metadata: {name: demo\nspec: ]"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("is not YAML")
                .hasMessageContaining("line");
    }

    @Test
    void saysWhichFileIsMissing() {
        assertThatThrownBy(() -> Documents.read(folder.resolve("nothing.yaml")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("nothing.yaml");
    }

    @Test
    void refusesWhatIsNoPlatformDocument() {
        assertThatThrownBy(() -> read("- a list\n"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("metadata.name");
    }

    private Documents.Document read(String text) throws Exception {
        return Documents.read(Files.writeString(folder.resolve("platform.yaml"), text));
    }
}
