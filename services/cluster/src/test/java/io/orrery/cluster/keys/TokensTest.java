package io.orrery.cluster.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.cluster.Samples;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TokensTest {

    /** The hash was computed with {@code printf 'abc\n' | sha256sum}. */
    @Test
    void theHashIsThatOfTheCertificateFileByteForByte() {
        assertThat(Tokens.full("abc\n", "server", "secret"))
                .isEqualTo("K10edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb::server:secret");
    }

    @Test
    void agentsSignInAsNodesWithAPasswordOfTheirOwn() {
        var keys = new KeyMaker(Samples.rsaKeys(), Clock.fixed(Samples.NOON, ZoneOffset.UTC)).make("demo");

        assertThat(Tokens.server(keys)).endsWith("::server:" + keys.serverPassword());
        assertThat(Tokens.agent(keys)).endsWith("::node:" + keys.agentPassword());
        assertThat(keys.agentPassword()).isNotEqualTo(keys.serverPassword());
    }
}
