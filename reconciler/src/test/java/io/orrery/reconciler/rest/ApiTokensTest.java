package io.orrery.reconciler.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiTokensTest {

    @TempDir
    Path folder;

    @Test
    void knowsATokenByItsHash() throws Exception {
        var hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest("let-me-in".getBytes(UTF_8)));
        var tokens = read("# people\n\noperator " + hash + " Ada on call\n");

        assertThat(tokens.roleOf("let-me-in")).contains(Role.OPERATOR);
        assertThat(tokens.roleOf("let-me-out")).isEmpty();
        assertThat(tokens.roleOf(hash)).isEmpty();
    }

    @Test
    void refusesALineThatHoldsATokenInsteadOfItsHash() {
        assertThatThrownBy(() -> read("admin let-me-in Ada\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SHA-256")
                .hasMessageNotContaining("let-me-in");
    }

    @Test
    void everyRoleMayDoWhatTheLesserOnesMay() {
        assertThat(Role.ADMIN.covers(Role.OPERATOR)).isTrue();
        assertThat(Role.OPERATOR.covers(Role.VIEWER)).isTrue();
        assertThat(Role.VIEWER.covers(Role.OPERATOR)).isFalse();
    }

    private ApiTokens read(String text) throws Exception {
        return ApiTokens.read(Files.writeString(folder.resolve("tokens"), text));
    }
}
