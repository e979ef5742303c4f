package io.orrery.sandbox.kubernetes.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResourcePathTest {
    @Test
    void takesPathsApart() {
        assertThat(ResourcePath.parse("/api/v1/namespaces/x/pods/p/log"))
                .contains(new ResourcePath("", "v1", "x", "pods", "p", "log", ""));
        assertThat(ResourcePath.parse("/apis/apps/v1/deployments"))
                .contains(new ResourcePath("apps", "v1", "", "deployments", "", "", ""));
        assertThat(ResourcePath.parse("/api/v1/namespaces/x/services/s:80/proxy/a/b"))
                .contains(new ResourcePath("", "v1", "x", "services", "s:80", "proxy", "/a/b"));
    }

    @Test
    void namespacesAreResourcesToo() {
        assertThat(ResourcePath.parse("/api/v1/namespaces/x"))
                .contains(new ResourcePath("", "v1", "", "namespaces", "x", "", ""));
        assertThat(ResourcePath.parse("/api/v1/namespaces/x/finalize"))
                .contains(new ResourcePath("", "v1", "", "namespaces", "x", "finalize", ""));
    }

    @Test
    void leavesOtherPathsAlone() {
        assertThat(ResourcePath.parse("/version")).isEmpty();
        assertThat(ResourcePath.parse("/apis/apps/v1")).isEmpty();
    }

    @Test
    void leavesNamesOutOfTemplates() {
        assertThat(ResourcePath.parse("/apis/apps/v1/namespaces/x/deployments/d/status")
                        .orElseThrow()
                        .template())
                .isEqualTo("/apis/apps/v1/namespaces/{namespace}/deployments/{name}/status");
    }
}
