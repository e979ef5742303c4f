package io.orrery.sandbox.openstack.nova;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.http.Routes;
import io.orrery.sandbox.openstack.model.Caller;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.Shelf;
import io.orrery.sandbox.openstack.model.World;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/** SSH keys of users; each user has their own, whichever project they are in. */
final class Keypairs {
    private final World world;
    private final Map<String, Integer> limits;
    private final Shelf<ObjectNode> shelf;
    private int made;

    Keypairs(World world, Map<String, Integer> limits) {
        this.world = world;
        this.limits = limits;
        this.shelf = world.shelf("keypair", pair -> Json.text(pair, "name"));
    }

    void routes(Routes routes) {
        routes.on("GET", "/v2.1/os-keypairs", this::list)
                .on("POST", "/v2.1/os-keypairs", this::create)
                .on("GET", "/v2.1/os-keypairs/{name}", this::show)
                .on("DELETE", "/v2.1/os-keypairs/{name}", this::delete);
    }

    boolean has(Caller caller, String name) {
        return shelf.find(key(caller, name)).isPresent();
    }

    private static String key(Caller caller, String name) {
        return caller.userId() + "/" + name;
    }

    private static ObjectNode brief(ObjectNode pair, Request request) {
        var view = pair.deepCopy().retain("name", "public_key", "fingerprint");
        if (Nova.version(request).since(2)) {
            view.set("type", pair.get("type"));
        }
        return view;
    }

    private Answer list(Request request) {
        var mine = shelf.all().stream()
                .filter(pair ->
                        Json.text(pair, "user_id").equals(request.caller().userId()))
                .map(pair -> Json.object("keypair", brief(pair, request)))
                .collect(Json.toArray());
        return Answer.ok(Json.object("keypairs", mine));
    }

    private Answer create(Request request) {
        var wish = request.json().path("keypair");
        var name = Json.text(wish, "name");
        if (name.isEmpty() || name.length() > 255) {
            throw new Refusal(
                    400, "Invalid input for field/attribute name. Value: " + name + ". '" + name + "' is too short");
        }
        boolean generated = !Json.has(wish, "public_key");
        if (generated && Nova.version(request).since(92)) {
            throw new Refusal(
                    400,
                    "Invalid input for field/attribute keypair. Value: {'name': '%s'}. 'public_key' is a required property"
                            .formatted(name));
        }
        if (has(request.caller(), name)) {
            throw new Refusal(409, "Key pair '" + name + "' already exists.");
        }
        checkQuota(request.caller());
        var keys = generated ? generate() : null;
        var publicKey = keys == null ? Json.text(wish, "public_key") : openSsh((RSAPublicKey) keys.getPublic());
        var pair = Json.object(
                "name",
                name,
                "public_key",
                publicKey,
                "fingerprint",
                fingerprint(publicKey),
                "type",
                Json.has(wish, "type") ? Json.text(wish, "type") : "ssh",
                "user_id",
                request.caller().userId(),
                "created_at",
                world.nowInMicros(),
                "deleted",
                false,
                "deleted_at",
                null,
                "id",
                ++made);
        shelf.add(key(request.caller(), name), pair);
        var view = brief(pair, request).put("user_id", request.caller().userId());
        if (keys != null) {
            view.put("private_key", pem(keys));
        }
        return Answer.of(Nova.version(request).since(2) ? 201 : 200, Json.object("keypair", view));
    }

    private void checkQuota(Caller caller) {
        long used = shelf.all().stream()
                .filter(pair -> Json.text(pair, "user_id").equals(caller.userId()))
                .count();
        if (used >= limits.getOrDefault("key_pairs", Integer.MAX_VALUE)) {
            throw new Refusal(403, "Quota exceeded, too many key pairs.");
        }
    }

    private ObjectNode find(Request request) {
        var name = request.variable("name");
        return shelf.find(key(request.caller(), name))
                .orElseThrow(() -> new Refusal(
                        404,
                        "Keypair %s not found for user %s"
                                .formatted(name, request.caller().userId())));
    }

    private Answer show(Request request) {
        var view = find(request).deepCopy();
        if (!Nova.version(request).since(2)) {
            view.remove("type");
        }
        return Answer.ok(Json.object("keypair", view));
    }

    private Answer delete(Request request) {
        shelf.remove(key(request.caller(), Json.text(find(request), "name")));
        return Answer.empty(Nova.version(request).since(2) ? 204 : 202);
    }

    private static KeyPair generate() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every JDK has RSA", missing);
        }
    }

    /** RFC 4253, section 6.6. */
    private static String openSsh(RSAPublicKey key) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            for (var part : new byte[][] {
                "ssh-rsa".getBytes(StandardCharsets.US_ASCII),
                key.getPublicExponent().toByteArray(),
                key.getModulus().toByteArray()
            }) {
                out.writeInt(part.length);
                out.write(part);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return "ssh-rsa " + Base64.getEncoder().encodeToString(bytes.toByteArray()) + " Generated-by-Nova";
    }

    private static String pem(KeyPair keys) {
        var body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
    }

    private static String fingerprint(String publicKey) {
        try {
            var blob = Base64.getDecoder().decode(publicKey.strip().split("\\s+", -1)[1]);
            var digest = MessageDigest.getInstance("MD5").digest(blob);
            return HexFormat.ofDelimiter(":").formatHex(digest);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException bad) {
            throw new Refusal(400, "Keypair data is invalid: failed to generate fingerprint");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every JDK has MD5", missing);
        }
    }
}
