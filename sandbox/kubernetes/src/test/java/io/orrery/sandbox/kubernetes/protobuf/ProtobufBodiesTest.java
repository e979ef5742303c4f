package io.orrery.sandbox.kubernetes.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.kubernetes.client.proto.IntStr.IntOrString;
import io.kubernetes.client.proto.Meta.ObjectMeta;
import io.kubernetes.client.proto.Runtime.TypeMeta;
import io.kubernetes.client.proto.Runtime.Unknown;
import io.kubernetes.client.proto.V1;
import io.orrery.sandbox.kubernetes.model.ApiError;
import org.junit.jupiter.api.Test;

class ProtobufBodiesTest {
    private static byte[] body(String apiVersion, String kind, Message message) {
        var unknown = Unknown.newBuilder()
                .setTypeMeta(TypeMeta.newBuilder().setApiVersion(apiVersion).setKind(kind))
                .setRaw(message.toByteString())
                .build();
        return ByteString.copyFromUtf8("k8s\0").concat(unknown.toByteString()).toByteArray();
    }

    @Test
    void readsAsTheJsonOfTheSameObject() {
        var secret = V1.Secret.newBuilder()
                .setMetadata(
                        ObjectMeta.newBuilder().setName("s").setNamespace("").putLabels("a", "b"))
                .putData("word", ByteString.copyFromUtf8("open"))
                .setType("Opaque")
                .build();
        assertThat(ProtobufBodies.decode(body("v1", "Secret", secret)).toString())
                .isEqualTo("{\"metadata\":{\"name\":\"s\",\"labels\":{\"a\":\"b\"}},\"data\":{\"word\":\"b3Blbg==\"},"
                        + "\"type\":\"Opaque\",\"apiVersion\":\"v1\",\"kind\":\"Secret\"}");
    }

    @Test
    void showsInlinedMessagesInTheirParent() {
        var pod = V1.Pod.newBuilder()
                .setSpec(V1.PodSpec.newBuilder()
                        .addVolumes(V1.Volume.newBuilder()
                                .setName("v")
                                .setVolumeSource(V1.VolumeSource.newBuilder()
                                        .setEmptyDir(V1.EmptyDirVolumeSource.getDefaultInstance()))))
                .build();
        assertThat(ProtobufBodies.decode(body("v1", "Pod", pod))
                        .at("/spec/volumes/0")
                        .toString())
                .isEqualTo("{\"name\":\"v\",\"emptyDir\":{}}");
    }

    @Test
    void readsNumbersOrNames() {
        var ports = V1.ServiceSpec.newBuilder()
                .addPorts(V1.ServicePort.newBuilder()
                        .setTargetPort(IntOrString.newBuilder().setType(1).setStrVal("http")))
                .addPorts(V1.ServicePort.newBuilder()
                        .setTargetPort(IntOrString.newBuilder().setType(0).setIntVal(8080)));
        var service = ProtobufBodies.decode(
                body("v1", "Service", V1.Service.newBuilder().setSpec(ports).build()));
        assertThat(service.at("/spec/ports/0/targetPort").asText()).isEqualTo("http");
        assertThat(service.at("/spec/ports/1/targetPort").isInt()).isTrue();
    }

    @Test
    void refusesKindsItHasNoMessageFor() {
        assertThatThrownBy(() -> ProtobufBodies.decode(
                        body("apiextensions.k8s.io/v1", "CustomResourceDefinition", V1.Secret.getDefaultInstance())))
                .isInstanceOfSatisfying(
                        ApiError.class, error -> assertThat(error.code()).isEqualTo(415));
        assertThatThrownBy(() -> ProtobufBodies.decode(new byte[] {1, 2, 3}))
                .isInstanceOfSatisfying(
                        ApiError.class, error -> assertThat(error.code()).isEqualTo(400));
    }
}
