package io.orrery.sandbox.controllers.apps;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.orrery.sandbox.controllers.loop.Owners;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;

/** Makes pods from templates, and names templates by what they hold. */
public final class PodTemplates {

    /** Letters and digits without vowels and look-alikes, as upstream's generated names have them. */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private PodTemplates() {}

    /** A pod of this template, controlled by the owner; name and labels are the caller's to add. */
    public static PodBuilder pod(HasMetadata owner, PodTemplateSpec template) {
        var metadata = template.getMetadata();
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(owner.getMetadata().getNamespace())
                .withLabels(metadata == null ? null : metadata.getLabels())
                .withAnnotations(metadata == null ? null : metadata.getAnnotations())
                .withOwnerReferences(Owners.reference(owner))
                .endMetadata()
                .withSpec(template.getSpec());
    }

    /** The same for equal templates, whatever labels a controller itself has put on them. */
    static String hash(PodTemplateSpec template, String ownLabel) {
        var bare = new PodTemplateSpecBuilder(template)
                .editOrNewMetadata()
                .removeFromLabels(ownLabel)
                .endMetadata()
                .build();
        var crc = new CRC32();
        crc.update(Serialization.asJson(bare).getBytes(StandardCharsets.UTF_8));
        return text(crc.getValue(), 10);
    }

    /** The five characters that follow a generated name. */
    public static String suffix() {
        return text(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 5);
    }

    private static String text(long number, int length) {
        var text = new StringBuilder();
        for (var rest = number; text.length() < length; rest /= ALPHABET.length()) {
            text.append(ALPHABET.charAt((int) (rest % ALPHABET.length())));
        }
        return text.toString();
    }

    /** Room for the suffix within the 63 characters of a label value. */
    public static String generated(String base) {
        var room = 63 - 6;
        return (base.length() > room ? base.substring(0, room) : base) + "-" + suffix();
    }

    static boolean is(Pod pod, String phase) {
        return pod.getStatus() != null && phase.equals(pod.getStatus().getPhase());
    }
}
