package io.orrery.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.orrery.cluster.reconcile.ClusterApi;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class FailuresTest {

    @Test
    void saysWhyThereWasNoAnswerAndNotAStatusThatThereIsNot() {
        var request = new StandardHttpRequest.Builder()
                .uri("https://127.0.0.1:6443/readyz")
                .build();
        var unanswered = new KubernetesClientException(
                "An error has occurred.", new ConnectException("Connection refused"), -1, null, request);

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
