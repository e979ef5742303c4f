package io.orrery.cluster.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.orrery.cluster.model.Dressing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Labels and taints on a Node that are ours. Two annotations remember which, so that what a pool no longer wants can be
 * taken away without touching what others put there.
 */
final class Dressings {

    private static final String LABELS = "orrery.io/labels";
    private static final String TAINTS = "orrery.io/taints";

    private Dressings() {}

    /** What is remembered as ours and is really there. */
    static Dressing read(Node node) {
        var labels = new TreeMap<String, String>();
        remembered(node, LABELS).stream()
                .filter(Nodes.labels(node)::containsKey)
                .forEach(key -> labels.put(key, Nodes.labels(node).get(key)));
        var present = taints(node).stream().map(Dressings::text).toList();
        return new Dressing(
                labels,
                remembered(node, TAINTS).stream().filter(present::contains).toList());
    }

    /** Changes the node given. */
    static Node dress(Node node, Dressing dressing) {
        var labels = new HashMap<>(Nodes.labels(node));
        remembered(node, LABELS).forEach(labels::remove);
        labels.putAll(dressing.labels());
        node.getMetadata().setLabels(labels);

        var former = remembered(node, TAINTS);
        var taints = new ArrayList<>(taints(node).stream()
                .filter(taint ->
                        !former.contains(text(taint)) && !dressing.taints().contains(text(taint)))
                .toList());
        dressing.taints().stream()
                .map(io.orrery.contracts.platform.Taint::parse)
                .map(Dressings::taint)
                .forEach(taints::add);
        node.getSpec().setTaints(taints);

        var annotations = new HashMap<>(Nodes.annotations(node));
        annotations.put(LABELS, String.join(",", dressing.labels().keySet()));
        annotations.put(TAINTS, String.join(",", dressing.taints()));
        node.getMetadata().setAnnotations(annotations);
        return node;
    }

    private static List<String> remembered(Node node, String annotation) {
        return Optional.ofNullable(Nodes.annotations(node).get(annotation))
                .filter(text -> !text.isEmpty())
                .map(text -> List.of(text.split(",", -1)))
                .orElse(List.of());
    }

    private static List<Taint> taints(Node node) {
        return Optional.ofNullable(node.getSpec().getTaints()).orElse(List.of());
    }

    private static Taint taint(io.orrery.contracts.platform.Taint taint) {
        return new TaintBuilder()
                .withKey(taint.key())
                .withValue(taint.value().isEmpty() ? null : taint.value())
                .withEffect(taint.effect().text())
                .build();
    }

    private static String text(Taint taint) {
        var value = Optional.ofNullable(taint.getValue()).filter(it -> !it.isEmpty());
        return taint.getKey() + value.map(it -> "=" + it).orElse("") + ":" + taint.getEffect();
    }

    static Map<String, String> withAnnotation(Node node, String key, String value) {
        var annotations = new HashMap<>(Nodes.annotations(node));
        annotations.put(key, value);
        return annotations;
    }
}
