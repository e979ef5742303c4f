package io.orrery.sandbox.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserDataTest {
    private static CloudConfig read(String text) throws UserDataException {
        return UserData.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void plainAndGzippedCloudConfigsAreTheSame() throws UserDataException {
        var written = new CloudConfigs().with("/etc/a", "content\n").running("echo hello");

        for (var bytes : new byte[][] {written.bytes(), written.gzipped()}) {
            var config = UserData.read(bytes);
            assertThat(config.text("/etc/a")).contains("content\n");
            assertThat(config.commands()).containsExactly("echo hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz+b64", "gz+base64", "gzip+b64", "gzip+base64"})
    void filesMayBeGzippedInTheirEntry(String encoding) throws UserDataException {
        var content = Base64.getEncoder().encodeToString(CloudConfigs.gzip("text".getBytes(StandardCharsets.UTF_8)));

        var config =
                read("#cloud-config\nwrite_files: [{path: /f, encoding: " + encoding + ", content: " + content + "}]");

        assertThat(config.text("/f")).contains("text");
    }

    @Test
    void aLaterEntryReplacesAFileUnlessItAppends() throws UserDataException {
        var config = read("""
                #cloud-config
                write_files:
                - {path: /replaced, content: one}
                - {path: /replaced, content: two}
                - {path: /appended, content: one}
                - {path: /appended, content: two, append: true}
                """);

        assertThat(config.text("/replaced")).contains("two");
        assertThat(config.text("/appended")).contains("onetwo");
    }

    @Test
    void commandsMayBeLists() throws UserDataException {
        assertThat(read("#cloud-config\nruncmd: [[systemctl, start, rke2-agent], 'true']")
                        .commands())
                .containsExactly("systemctl start rke2-agent", "true");
    }

    @Test
    void powerStateSwitchesOff() throws UserDataException {
        assertThat(read("#cloud-config\npower_state: {mode: poweroff}").powersOff())
                .isTrue();
        assertThat(read("#cloud-config\npower_state: {mode: reboot}").powersOff())
                .isFalse();
        assertThat(read("#cloud-config\n").powersOff()).isFalse();
    }

    @Test
    void scriptsAndNothingAreLeftAlone() throws UserDataException {
        assertThat(read("")).isEqualTo(CloudConfig.NOTHING);
        assertThat(read("#!/bin/sh\npoweroff\n")).isEqualTo(CloudConfig.NOTHING);
    }

    @Test
    void whatCloudInitCannotUseIsSaidInItsWords() {
        assertThatExceptionOfType(UserDataException.class)
                .isThrownBy(() -> read("hello world"))
                .withMessageContaining("Unhandled non-multipart (text/x-not-multipart) userdata: 'hello world'");
        assertThatExceptionOfType(UserDataException.class)
                .isThrownBy(() -> read("#cloud-config\nwrite_files: [\n"))
                .withMessageContaining("Failed loading yaml blob. Invalid format at line 2");
        assertThatExceptionOfType(UserDataException.class)
                .isThrownBy(() -> read("#cloud-config\n- a\n"))
                .withMessageContaining("root types");
        assertThatExceptionOfType(UserDataException.class)
                .isThrownBy(() -> read("#cloud-config\nruncmd: systemctl start rke2-server\n"))
                .withMessageContaining("runcmd: \"systemctl start rke2-server\" is not of type 'array'");
        assertThatExceptionOfType(UserDataException.class)
                .isThrownBy(() -> read("#cloud-config\nwrite_files: [{content: x}]\n"))
                .withMessageContaining("No path provided");
        assertThatExceptionOfType(UserDataException.class)
                .isThrownBy(() -> UserData.read(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0}))
                .withMessageContaining("Failed to decompress");
    }
}
