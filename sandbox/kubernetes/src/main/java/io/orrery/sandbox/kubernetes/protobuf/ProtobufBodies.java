package io.orrery.sandbox.kubernetes.protobuf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Admissionregistration;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authentication;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Autoscaling;
import io.kubernetes.client.proto.V1Batch;
import io.kubernetes.client.proto.V1Networking;
import io.kubernetes.client.proto.V1Policy;
import io.kubernetes.client.proto.V1Rbac;
import io.kubernetes.client.proto.V1Scheduling;
import io.kubernetes.client.proto.V1Storage;
import io.orrery.sandbox.kubernetes.model.ApiError;
import java.util.Arrays;
import java.util.Map;

/**
 * Go's typed clients (kubectl create, Helm) write built-in kinds as protobuf: four magic bytes, then a runtime.Unknown
 * that holds the object. What has no message class here is answered with 415.
 */
public final class ProtobufBodies {
    public static final String CONTENT_TYPE = "application/vnd.kubernetes.protobuf";

    private static final byte[] MAGIC = {'k', '8', 's', 0};

    private static final Map<String, FileDescriptor> GROUPS = Map.ofEntries(
            Map.entry("v1", V1.getDescriptor()),
            Map.entry("meta.k8s.io/v1", Meta.getDescriptor()),
            Map.entry("apps/v1", V1Apps.getDescriptor()),
            Map.entry("batch/v1", V1Batch.getDescriptor()),
            Map.entry("autoscaling/v1", V1Autoscaling.getDescriptor()),
            Map.entry("policy/v1", V1Policy.getDescriptor()),
            Map.entry("rbac.authorization.k8s.io/v1", V1Rbac.getDescriptor()),
            Map.entry("networking.k8s.io/v1", V1Networking.getDescriptor()),
            Map.entry("storage.k8s.io/v1", V1Storage.getDescriptor()),
            Map.entry("scheduling.k8s.io/v1", V1Scheduling.getDescriptor()),
            Map.entry("authentication.k8s.io/v1", V1Authentication.getDescriptor()),
            Map.entry("authorization.k8s.io/v1", V1Authorization.getDescriptor()),
            Map.entry("admissionregistration.k8s.io/v1", V1Admissionregistration.getDescriptor()));

    private ProtobufBodies() {}

    public static ObjectNode decode(byte[] body) {
        if (body.length < MAGIC.length || !Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw ApiError.badRequest("the body is not of the form " + CONTENT_TYPE);
        }
        try {
            var unknown = Runtime.Unknown.parseFrom(Arrays.copyOfRange(body, MAGIC.length, body.length));
            var apiVersion = unknown.getTypeMeta().getApiVersion();
            var kind = unknown.getTypeMeta().getKind();
            var message = DynamicMessage.parseFrom(descriptor(apiVersion, kind), unknown.getRaw());
            return ProtobufJson.object(message).put("apiVersion", apiVersion).put("kind", kind);
        } catch (InvalidProtocolBufferException e) {
            throw ApiError.badRequest("the protobuf body cannot be read: " + e.getMessage());
        }
    }

    /** DeleteOptions come under the version of what is deleted, though their message is in meta/v1. */
    private static Descriptor descriptor(String apiVersion, String kind) {
        var file = kind.equals("DeleteOptions") ? Meta.getDescriptor() : GROUPS.get(apiVersion);
        var descriptor = file == null ? null : file.findMessageTypeByName(kind);
        if (descriptor == null) {
            throw ApiError.unsupportedMediaType(
                    "application/json; " + kind + " of " + apiVersion + " cannot be read as protobuf here");
        }
        return descriptor;
    }
}
