package io.orrery.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.orrery.cluster.reconcile.ClusterApi;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class FailuresTest {

    @Test
    void saysWhyThereWasNoAnswerAndNotAStatusThatThereIsNot() {
        var unanswered = new KubernetesClientException("An error has occurred.", -1, null);
        unanswered.initCause(new ConnectException("Connection refused"));

        assertThatThrownBy(() -> Failures.sorted(() -> {
                    throw unanswered;
                }))
                .isInstanceOf(ClusterApi.Unreachable.class)
                .hasMessageContaining("Connection refused")
                .hasMessageNotContaining("-1");
    }

    @Test
    void tellsARefusalFromAnAnswerThatFailed() {
        assertThatThrownBy(() -> Failures.sorted(() -> {
                    throw new KubernetesClientException("no", 403, null);
                }))
                .isInstanceOf(ClusterApi.Refused.class);
        assertThatThrownBy(() -> Failures.sorted(() -> {
                    throw new KubernetesClientException("no", 503, null);
                }))
                .isInstanceOf(ClusterApi.Unreachable.class)
                .hasMessageContaining("HTTP 503");
    }
}
