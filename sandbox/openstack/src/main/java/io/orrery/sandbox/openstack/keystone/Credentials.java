package io.orrery.sandbox.openstack.keystone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.http.Routes;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.Shelf;
import io.orrery.sandbox.openstack.model.World;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** EC2 credentials and application credentials of users. */
final class Credentials {
    private static final String EC2 = "/v3/users/{user}/credentials/OS-EC2";
    private static final String APPLICATION = "/v3/users/{user}/application_credentials";

    private final Directory directory;
    private final TokenBook tokens;
    private final Shelf<ObjectNode> ec2;
    private final Shelf<ApplicationCredential> applications;

    Credentials(World world, Directory directory, TokenBook tokens) {
        this.directory = directory;
        this.tokens = tokens;
        this.ec2 = world.shelf("ec2-credential", credential -> Json.text(credential, "access"));
        this.applications = world.shelf("application-credential", ApplicationCredential::name);
    }

    void routes(Routes routes) {
        routes.on("GET", EC2, this::listEc2)
                .on("POST", EC2, this::makeEc2)
                .on("GET", EC2 + "/{access}", request -> Answer.ok(Json.object("credential", ec2(request))))
                .on("DELETE", EC2 + "/{access}", this::deleteEc2)
                .on("GET", APPLICATION, this::listApplications)
                .on("POST", APPLICATION, this::makeApplication)
                .on("GET", APPLICATION + "/{id}", this::showApplication)
                .on("DELETE", APPLICATION + "/{id}", this::deleteApplication);
    }

    Optional<ApplicationCredential> application(String id) {
        return applications.find(id);
    }

    Optional<ApplicationCredential> application(Account account, String name) {
        return applications.all().stream()
                .filter(credential -> credential.account().equals(account)
                        && credential.name().equals(name))
                .findFirst();
    }

    private Answer listEc2(Request request) {
        var user = Directory.userId(user(request));
        var mine = ec2.all().stream()
                .filter(credential -> Json.text(credential, "user_id").equals(user))
                .toList();
        return Answer.ok(Json.object("credentials", Json.array(mine), "links", links(request)));
    }

    private Answer makeEc2(Request request) {
        var user = Directory.userId(user(request));
        refuseDelegated(request);
        var project = request.json().path("tenant_id").asText("None");
        if (!directory.hasProject(project)) {
            throw Directory.missing("project", project);
        }
        var access = World.hex();
        var credential = Json.object(
                "user_id",
                user,
                "tenant_id",
                project,
                "access",
                access,
                "secret",
                World.hex(),
                "trust_id",
                null,
                "links",
                Map.of("self", request.base() + request.path() + "/" + access));
        ec2.add(access, credential);
        return Answer.of(201, Json.object("credential", credential));
    }

    private Answer deleteEc2(Request request) {
        refuseDelegated(request);
        ec2.remove(Json.text(ec2(request), "access"));
        return Answer.empty(204);
    }

    private ObjectNode ec2(Request request) {
        var user = Directory.userId(user(request));
        var access = request.variable("access");
        return ec2.find(access)
                .filter(credential -> Json.text(credential, "user_id").equals(user))
                .orElseThrow(() -> Directory.missing("credential", access));
    }

    private Answer listApplications(Request request) {
        var account = user(request);
        var name = request.query().first("name");
        var mine = applications.all().stream()
                .filter(credential -> credential.account().equals(account))
                .filter(credential -> name.isEmpty() || name.get().equals(credential.name()))
                .map(credential -> credential.view(request.base()))
                .toList();
        return Answer.ok(Json.object("application_credentials", Json.array(mine), "links", links(request)));
    }

    private Answer makeApplication(Request request) {
        var account = user(request);
        refuseRestricted(request);
        var wish = request.json().path("application_credential");
        var name = Json.text(wish, "name");
        if (name.isEmpty()) {
            throw new Refusal(400, "'name' is a required property");
        }
        if (application(account, name).isPresent()) {
            throw new Refusal(
                    409,
                    "Conflict occurred attempting to store application_credential - Duplicate entry found with name "
                            + name + ".");
        }
        var credential = new ApplicationCredential(
                World.hex(),
                name,
                Json.has(wish, "secret") ? Json.text(wish, "secret") : World.hex() + World.hex(),
                Json.text(wish, "description"),
                account,
                roles(wish.path("roles"), request),
                Json.has(wish, "expires_at") ? Optional.of(time(Json.text(wish, "expires_at"))) : Optional.empty(),
                wish.path("unrestricted").asBoolean(false));
        applications.add(credential.id(), credential);
        var view = credential.view(request.base()).put("secret", credential.secret());
        return Answer.of(201, Json.object("application_credential", view));
    }

    private static List<String> roles(JsonNode wished, Request request) {
        var held = request.caller().roles();
        if (!wished.isArray()) {
            return held.stream().sorted().toList();
        }
        return Json.elements(wished).stream()
                .map(role -> held.stream()
                        .filter(name -> name.equals(Json.text(role, "name"))
                                || Directory.roleId(name).equals(Json.text(role, "id")))
                        .findFirst()
                        .orElseThrow(() -> new Refusal(
                                404, "Role " + role.path("name").asText(Json.text(role, "id")) + " is not defined")))
                .toList();
    }

    private Answer showApplication(Request request) {
        return Answer.ok(
                Json.object("application_credential", application(request).view(request.base())));
    }

    private Answer deleteApplication(Request request) {
        refuseRestricted(request);
        var credential = application(request);
        applications.remove(credential.id());
        tokens.revoke(credential);
        return Answer.empty(204);
    }

    private ApplicationCredential application(Request request) {
        var account = user(request);
        var id = request.variable("id");
        return application(id)
                .filter(credential -> credential.account().equals(account))
                .orElseThrow(() -> Directory.missing("Application Credential", id));
    }

    /** The user in the path; others' credentials are not for members to see. */
    private Account user(Request request) {
        var id = request.variable("user");
        if (!request.caller().admin() && !request.caller().userId().equals(id)) {
            throw new Refusal(403, "You are not authorized to perform the requested action: identity:get_user.");
        }
        return directory.byId(id).orElseThrow(() -> Directory.missing("user", id));
    }

    private void refuseRestricted(Request request) {
        var restricted = tokens.of(request).application().filter(credential -> !credential.unrestricted());
        if (restricted.isPresent()) {
            throw new Refusal(
                    403,
                    "You are not authorized to perform the requested action: Using method 'application_credential' is"
                            + " not allowed for managing additional application credentials..");
        }
    }

    private void refuseDelegated(Request request) {
        var restricted = tokens.of(request).application().filter(credential -> !credential.unrestricted());
        if (restricted.isPresent()) {
            throw new Refusal(
                    403,
                    "You are not authorized to perform the requested action: Delegated tokens cannot access credentials"
                            + " directly.");
        }
    }

    private static ObjectNode links(Request request) {
        return Json.object("next", null, "self", request.base() + request.path(), "previous", null);
    }

    static String time(Instant instant) {
        return World.micros(instant);
    }

    private static Instant time(String text) {
        try {
            var bare = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
            return LocalDateTime.parse(bare).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException bad) {
            throw new Refusal(400, "Invalid input for field 'expires_at': " + text);
        }
    }
}
