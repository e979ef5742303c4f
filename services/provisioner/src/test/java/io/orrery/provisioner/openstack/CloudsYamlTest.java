package io.orrery.provisioner.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.provisioner.reconcile.CloudException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** As openstacksdk's {@code openstack/config/loader.py} (0.101) reads it. */
class CloudsYamlTest {

    private static final String EARTH = """
            clouds:
              earth:
                region_name: WAW3-1
                auth:
                  auth_url: https://keystone.example.org:5000/v3
                  username: ada
                  password: secret
                  project_name: openeo
                  user_domain_name: People
                  project_domain_name: Projects
            """;

    @TempDir
    private Path folder;

    @Test
    void readsAUserWithAProject() throws IOException {
        write("clouds.yaml", EARTH);

        var entry = entry("earth");

        assertThat(entry.authUrl()).isEqualTo(URI.create("https://keystone.example.org:5000/v3"));
        assertThat(entry.region()).contains("WAW3-1");
        assertThat(entry.tls().verify()).isTrue();
        assertThat(entry.services().face(List.of("network"))).isEqualTo("public");
        assertThat(entry.credential().request()).hasToString("""
                {"auth":{"identity":{"methods":["password"],"password":{"user":{"password":"secret","name":"ada","domain":{"name":"People"}}}},\
                "scope":{"project":{"name":"openeo","domain":{"name":"Projects"}}}}}""");
    }

    @Test
    void laysSecureYamlOverItFieldByField() throws IOException {
        write("clouds.yaml", EARTH.replace("      password: secret\n", ""));
        write("secure.yaml", "clouds: {earth: {auth: {password: from secure}, cacert: /ca.pem}}");

        var entry = entry("earth");

        assertThat(entry.credential().request().toString()).contains("from secure", "ada", "openeo");
        assertThat(entry.tls().authorities().map(PemFile::path)).contains(Path.of("/ca.pem"));
    }

    @Test
    void buildsOnAProfileOfCloudsPublic() throws IOException {
        write("clouds-public.yaml", """
                public-clouds:
                  vendor:
                    auth: {auth_url: "https://{region_name}.vendor.example.org/v3", user_domain_id: theirs}
                    interface: internal
                    regions: [north, south]
                """);
        write("clouds.yaml", """
                clouds:
                  mine: {profile: vendor, auth: {username: ada, password: secret, project_id: p1}}
                """);

        var entry = entry("mine", "south");

        assertThat(entry.authUrl()).isEqualTo(URI.create("https://south.vendor.example.org/v3"));
        assertThat(entry.services().face(List.of("compute"))).isEqualTo("internal");
        assertThat(entry.credential().request().toString()).contains("theirs", "\"project\":{\"id\":\"p1\"}");
        assertThat(entry("mine").region()).contains("north");
    }

    @Test
    void takesTheValuesOfTheRegionThatIsAskedFor() throws IOException {
        write("clouds.yaml", """
                clouds:
                  earth:
                    regions:
                      - near
                      - {name: far, values: {auth: {project_name: other}, network_endpoint_override: "https://far.example.org"}}
                    auth: {auth_url: "https://k.example.org", username: ada, password: secret, project_name: openeo}
                """);

        assertThat(entry("earth").credential().request().toString()).contains("openeo");
        assertThat(entry("earth").region()).contains("near");
        assertThat(entry("earth", "far").credential().request().toString()).contains("other", "ada");
        assertThat(entry("earth", "far").services().of(List.of("network"), "endpoint_override"))
                .contains("https://far.example.org");
    }

    @Test
    void refusesARegionThatTheEntryDoesNotKnow() throws IOException {
        write("clouds.yaml", EARTH.replace("region_name: WAW3-1", "regions: [WAW3-1, WAW3-2]"));

        assertThatThrownBy(() -> entry("earth", "waw3-1"))
                .hasMessageContaining("no region waw3-1")
                .hasMessageContaining("WAW3-1, WAW3-2")
                .extracting(failure -> ((CloudException) failure).reason())
                .isEqualTo("RegionUnknown");
    }

    @Test
    void followsAnchorsAndMergeKeys() throws IOException {
        write("clouds.yaml", """
                x-common: &common {auth_url: "https://k.example.org", username: ada, password: secret}
                clouds:
                  a: {auth: {<<: *common, project_name: one}}
                """);

        assertThat(entry("a").credential().request().toString()).contains("ada", "one");
    }

    @Test
    void takesAnApplicationCredentialById() throws IOException {
        write("clouds.yaml", """
                clouds:
                  a:
                    auth_type: v3applicationcredential
                    auth: {auth_url: "https://k.example.org", application_credential_id: abc, application_credential_secret: s3cret}
                """);

        assertThat(entry("a").credential().request()).hasToString("""
                {"auth":{"identity":{"methods":["application_credential"],"application_credential":{"secret":"s3cret","id":"abc"}}}}""");
    }

    @Test
    void takesAnApplicationCredentialByNameTogetherWithItsUser() throws IOException {
        write("clouds.yaml", """
                clouds:
                  a:
                    auth_type: v3applicationcredential
                    auth:
                      auth_url: https://k.example.org
                      application_credential_name: robot
                      application_credential_secret: s3cret
                      username: ada
                      user_domain_name: People
                """);

        assertThat(entry("a").credential().request().toString())
                .contains("\"name\":\"robot\"", "\"user\":{\"name\":\"ada\",\"domain\":{\"name\":\"People\"}}");
    }

    @Test
    void takesATokenThatSomebodyGotElsewhere() throws IOException {
        write("clouds.yaml", """
                clouds: {a: {auth_type: token, auth: {auth_url: "https://k.example.org", token: gAAA, project_id: p1}}}
                """);

        assertThat(entry("a").credential().request()).hasToString("""
                {"auth":{"identity":{"methods":["token"],"token":{"id":"gAAA"}},"scope":{"project":{"id":"p1"}}}}""");
        assertThat(entry("a").credential().isLasting()).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            project_name: p, domain_name: D            | {"project":{"name":"p","domain":{"name":"D"}}}
            project_name: p, domain_id: d              | {"project":{"name":"p","domain":{"id":"d"}}}
            project_name: p                            | {"project":{"name":"p","domain":{"id":"default"}}}
            project_name: p, default_domain_id: d      | {"project":{"name":"p","domain":{"id":"d"}}}
            tenant_name: p                             | {"project":{"name":"p","domain":{"id":"default"}}}
            project-id: p                              | {"project":{"id":"p"}}
            domain_id: d                               | {"domain":{"id":"d"}}
            domain_name: D                             | {"domain":{"name":"D"}}
            system_scope: all                          | {"system":{"all":true}}
            """)
    void asksForTheScopeThatIsSaid(String fields, String scope) throws IOException {
        write(
                "clouds.yaml",
                "clouds: {a: {auth: {auth_url: 'https://k.example.org', username: ada, password: s, " + fields + "}}}");

        assertThat(entry("a").credential().request().path("auth").path("scope")).hasToString(scope);
    }

    @Test
    void readsWhatProvesWhoIsWho() throws IOException {
        write("clouds.yaml", EARTH + "    cacert: ~/ca.pem\n    cert: /me.pem\n    key: /me.key\n");

        var tls = entry("earth").tls();

        assertThat(tls.authorities().map(PemFile::path))
                .contains(Path.of(System.getProperty("user.home")).resolve("ca.pem"));
        assertThat(tls.certificate().map(PemFile::path)).contains(Path.of("/me.pem"));
        assertThat(tls.key().map(PemFile::path)).contains(Path.of("/me.key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify: false", "verify: no", "insecure: true", "insecure: 'true'"})
    void checksNoCertificatesWhereItIsToldNotTo(String line) throws IOException {
        write("clouds.yaml", EARTH + "    cacert: /ca.pem\n    " + line + "\n");

        assertThat(entry("earth").tls().verify()).isFalse();
        assertThat(entry("earth").tls().authorities()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify: true", "verify: 'False'", "insecure: false", "insecure: 'perhaps'"})
    void checksCertificatesWhereItIsNotClearlyToldNotTo(String line) throws IOException {
        write("clouds.yaml", EARTH + "    cacert: /ca.pem\n    " + line + "\n");

        assertThat(entry("earth").tls().verify()).isTrue();
        assertThat(entry("earth").tls().authorities().map(PemFile::path)).contains(Path.of("/ca.pem"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"interface: internal", "endpoint_type: internalURL", "network_interface: internal"})
    void findsTheInterfaceByAllItsNames(String line) throws IOException {
        write("clouds.yaml", EARTH + "    " + line + "\n");

        assertThat(entry("earth").services().face(List.of("network"))).isEqualTo("internal");
    }

    @Test
    void refusesAKeystoneOfVersion2() throws IOException {
        write("clouds.yaml", EARTH + "    identity_api_version: 2.0\n");

        assertThatThrownBy(() -> entry("earth")).hasMessageContaining("version 2.0 of identity; only 3 is spoken");
    }

    @Test
    void refusesASignInThatItDoesNotSpeak() throws IOException {
        write("clouds.yaml", EARTH + "    auth_type: v3oidcpassword\n");

        assertThatThrownBy(() -> entry("earth")).hasMessageContaining("auth_type v3oidcpassword; spoken are password");
    }

    @Test
    void namesTheFileAndWhatIsInItWhenACloudIsUnknown() throws IOException {
        write("clouds.yaml", EARTH);

        assertThatThrownBy(() -> entry("mars"))
                .hasMessageContaining("no cloud mars")
                .hasMessageContaining(folder.resolve("clouds.yaml") + " has earth")
                .extracting(failure -> ((CloudException) failure).reason())
                .isEqualTo("CloudUnknown");
    }

    @Test
    void namesEveryPlaceItHasLookedAtWhenThereIsNoFile() {
        assertThatThrownBy(() -> entry("earth"))
                .hasMessageContaining(folder.resolve("clouds.yaml").toString())
                .hasMessageContaining(folder.resolve("clouds.json").toString());
    }

    @Test
    void saysWhereTheYamlIsBrokenAndQuotesNothingOfIt() throws IOException {
        write("clouds.yaml", "clouds:\n  earth:\n    auth: {password: secret\n  next: [\n");

        assertThatThrownBy(() -> entry("earth"))
                .hasMessageContaining("is no YAML")
                .hasMessageContaining("line 4")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        write("clouds.yaml", EARTH.replace("password: secret", "passwort: secret"));

        assertThatThrownBy(() -> entry("earth"))
                .hasMessageContaining("cloud earth (" + folder.resolve("clouds.yaml") + ") has no password");
    }

    @Test
    void makesACloudOfTheVariablesOfAnOpenrcFile() {
        var variables = Map.of(
                "OS_AUTH_URL", "https://k.example.org/v3",
                "OS_USERNAME", "ada",
                "OS_PASSWORD", "secret",
                "OS_PROJECT_ID", "p1",
                "OS_PROJECT_NAME", "openeo",
                "OS_USER_DOMAIN_NAME", "Default",
                "OS_REGION_NAME", "WAW3-1",
                "OS_INTERFACE", "public",
                "OS_IDENTITY_API_VERSION", "3");

        var entry = new CloudsYaml(ConfigFiles.in(folder), variables).entry("envvars", Optional.empty());

        assertThat(entry.region()).contains("WAW3-1");
        assertThat(entry.credential().request().toString()).contains("ada", "\"project\":{\"id\":\"p1\"}");
    }

    @Test
    void makesNoCloudOfVariablesThatOnlyChooseOne() throws IOException {
        write("clouds.yaml", EARTH);
        var yaml = new CloudsYaml(ConfigFiles.in(folder), Map.of("OS_CLOUD", "earth", "OS_REGION_NAME", "x"));

        assertThatThrownBy(() -> yaml.entry("envvars", Optional.empty())).hasMessageContaining("no cloud envvars");
        assertThat(yaml.entry("earth", Optional.empty()).region()).contains("WAW3-1");
    }

    @Test
    void refusesTwoCloudsOfOneName() throws IOException {
        write("clouds.yaml", EARTH);
        var variables = Map.of("OS_CLOUD_NAME", "earth", "OS_AUTH_URL", "https://k.example.org/v3");

        assertThatThrownBy(() -> new CloudsYaml(ConfigFiles.in(folder), variables).entry("earth", Optional.empty()))
                .hasMessageContaining("both");
    }

    private CloudEntry entry(String name) {
        return new CloudsYaml(ConfigFiles.in(folder), Map.of()).entry(name, Optional.empty());
    }

    private CloudEntry entry(String name, String region) {
        return new CloudsYaml(ConfigFiles.in(folder), Map.of()).entry(name, Optional.of(region));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }
}
