package io.orrery.reconciler.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.contracts.Fact;
import java.util.Optional;
import java.util.stream.IntStream;

/** Decides what is worth telling: nothing is told when nothing but incidental parts has changed. */
public final class News {

    private News() {}

    /**
     * What is to be told after {@code former}: empty if it is the same but for incidental parts; else {@code next}, in
     * which every part that is the same is told as it was, with its old time stamps and ciphertext.
     */
    public static <F extends Fact> Optional<F> since(F former, F next) {
        var before = FactCodec.essence(former);
        var after = FactCodec.essence(next);
        if (before.equals(after)) {
            return Optional.empty();
        }
        var settled = settle(new Pair(FactCodec.whole(former), before), new Pair(FactCodec.whole(next), after));
        return Optional.of(FactCodec.fromTree(settled, typeOf(next)));
    }

    @SuppressWarnings("unchecked") // getClass() of an F
    private static <F extends Fact> Class<F> typeOf(F fact) {
        return (Class<F>) fact.getClass();
    }

    private static JsonNode settle(Pair former, Pair next) {
        if (former.essence.equals(next.essence)) {
            return former.whole;
        }
        if (former.essence instanceof ObjectNode && next.essence instanceof ObjectNode) {
            return settleFields(former, next);
        }
        if (former.essence instanceof ArrayNode && next.essence instanceof ArrayNode) {
            return settleElements(former, next);
        }
        return next.whole;
    }

    private static JsonNode settleFields(Pair former, Pair next) {
        var settled = ((ObjectNode) next.whole).objectNode();
        next.whole.properties().forEach(field -> {
            var name = field.getKey();
            var comparable = former.essence.has(name) && next.essence.has(name);
            settled.set(name, comparable ? settle(former.at(name), next.at(name)) : field.getValue());
        });
        return settled;
    }

    private static JsonNode settleElements(Pair former, Pair next) {
        var settled = ((ArrayNode) next.whole).arrayNode();
        IntStream.range(0, next.essence.size())
                .mapToObj(next::at)
                .map(element -> IntStream.range(0, former.essence.size())
                        .mapToObj(former::at)
                        .filter(candidate -> candidate.essence.equals(element.essence))
                        .findFirst()
                        .map(Pair::whole)
                        .orElse(element.whole))
                .forEach(settled::add);
        return settled;
    }

    /** The same value twice: as it is told, and without its incidental parts. */
    private record Pair(JsonNode whole, JsonNode essence) {

        Pair at(String field) {
            return new Pair(whole.get(field), essence.get(field));
        }

        Pair at(int index) {
            return new Pair(whole.get(index), essence.get(index));
        }
    }
}
