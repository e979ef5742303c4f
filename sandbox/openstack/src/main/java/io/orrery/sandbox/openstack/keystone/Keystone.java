package io.orrery.sandbox.openstack.keystone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orrery.sandbox.openstack.http.Answer;
import io.orrery.sandbox.openstack.http.Refusal;
import io.orrery.sandbox.openstack.http.Request;
import io.orrery.sandbox.openstack.http.Routes;
import io.orrery.sandbox.openstack.http.Service;
import io.orrery.sandbox.openstack.http.Tokens;
import io.orrery.sandbox.openstack.model.Caller;
import io.orrery.sandbox.openstack.model.Json;
import io.orrery.sandbox.openstack.model.World;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Identity: who may come in, and where everything is. */
public final class Keystone implements Service, Tokens {
    private static final String DENIED = "The request you have made requires authentication.";

    private final Directory directory;
    private final Catalog catalog;
    private final TokenBook tokens;
    private final Credentials credentials;
    private final World world;
    private final Routes routes = new Routes();

    public Keystone(World world, Collection<Account> accounts, Catalog catalog, Duration tokenLife) {
        this.world = world;
        this.directory = new Directory(accounts);
        this.catalog = catalog;
        this.tokens = new TokenBook(world, tokenLife);
        this.credentials = new Credentials(world, directory, tokens);
        routes.open("GET", "/", request -> versions(request))
                .open("GET", "/v3", request -> Answer.ok(Json.object("version", version(request))))
                .open("POST", "/v3/auth/tokens", this::authenticate)
                .on("GET", "/v3/auth/tokens", this::validate)
                .on("DELETE", "/v3/auth/tokens", this::revoke)
                .on("GET", "/v3/auth/catalog", this::catalog)
                .on("GET", "/v3/auth/projects", this::myProjects)
                .on("GET", "/v3/projects", this::projects)
                .on("GET", "/v3/projects/{id}", this::project)
                .on("GET", "/v3/users", this::users)
                .on("GET", "/v3/users/{id}", this::user)
                .on("GET", "/v3/users/{id}/projects", this::myProjects);
        credentials.routes(routes);
        routes.unsupported(
                "/v3/regions/**",
                "/v3/services/**",
                "/v3/endpoints/**",
                "/v3/domains/**",
                "/v3/groups/**",
                "/v3/roles/**",
                "/v3/credentials/**",
                "/v3/OS-TRUST/**",
                "/v3/OS-FEDERATION/**",
                "/v3/limits/**",
                "/v3/role_assignments/**",
                "/v3/ec2tokens/**",
                "/v3/s3tokens/**");
    }

    @Override
    public String type() {
        return "identity";
    }

    @Override
    public String prefix() {
        return "/identity";
    }

    @Override
    public Routes routes() {
        return routes;
    }

    @Override
    public Optional<Caller> caller(String token) {
        return tokens.find(token).map(Token::caller);
    }

    /** Makes every token that was handed out worthless, as a key rotation gone wrong does. */
    public void revokeAllTokens() {
        world.enter(() -> {
            tokens.revokeAll();
            return null;
        });
    }

    @Override
    public Answer refused(Refusal refusal, String requestId) {
        var title =
                switch (refusal.status()) {
                    case 400 -> "Bad Request";
                    case 401 -> "Unauthorized";
                    case 403 -> "Forbidden";
                    case 404 -> "Not Found";
                    case 409 -> "Conflict";
                    case 429 -> "Too Many Requests";
                    case 501 -> "Not Implemented";
                    default -> "Internal Server Error";
                };
        return Answer.of(
                refusal.status(),
                Json.object(
                        "error", Map.of("code", refusal.status(), "message", refusal.getMessage(), "title", title)));
    }

    @Override
    public Answer unknown(Request request, boolean pathKnown) {
        return Answer.text(
                pathKnown ? 405 : 404,
                "text/html; charset=utf-8",
                pathKnown
                        ? "<!doctype html>\n<html lang=en>\n<title>405 Method Not Allowed</title>\n"
                        : "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n");
    }

    @Override
    public Answer seal(Request request, Answer answer) {
        return answer.with("x-openstack-request-id", request.id()).with("Vary", "X-Auth-Token");
    }

    private static Answer versions(Request request) {
        return Answer.of(300, Json.object("versions", Map.of("values", List.of(version(request)))))
                .with("Location", request.base() + "/v3/");
    }

    private static ObjectNode version(Request request) {
        return Json.object(
                "id", "v3.14",
                "status", "stable",
                "updated", "2020-04-07T00:00:00Z",
                "links", List.of(Map.of("rel", "self", "href", request.base() + "/v3/")),
                "media-types",
                        List.of(Map.of(
                                "base", "application/json", "type", "application/vnd.openstack.identity-v3+json")));
    }

    private Answer authenticate(Request request) {
        var auth = request.json().path("auth");
        if (!auth.path("identity").path("methods").isArray()) {
            throw new Refusal(400, "'identity' is a required property");
        }
        var identity = auth.path("identity");
        var scope = auth.path("scope");
        var token =
                switch (identity.path("methods").path(0).asText()) {
                    case "password" -> byPassword(identity.path("password").path("user"), scope);
                    case "token" -> byToken(identity.path("token"), scope);
                    case "application_credential" -> byCredential(identity.path("application_credential"), scope);
                    default -> throw denied();
                };
        return Answer.of(201, Json.object("token", view(token, request))).with("X-Subject-Token", token.value());
    }

    private Token byPassword(JsonNode user, JsonNode scope) {
        var account = directory.named(user).orElseThrow(Keystone::denied);
        if (!account.password().equals(Json.text(user, "password"))) {
            throw denied();
        }
        return tokens.issue(account, "password", scoped(scope, account));
    }

    private Token byToken(JsonNode token, JsonNode scope) {
        var parent = tokens.find(Json.text(token, "id")).orElseThrow(Keystone::denied);
        if (parent.application().isPresent()) {
            throw new Refusal(
                    403,
                    "You are not authorized to perform the requested action: rescope a token made with an application"
                            + " credential.");
        }
        return tokens.issue(parent, scoped(scope, parent.account()));
    }

    private Token byCredential(JsonNode given, JsonNode scope) {
        if (!scope.isMissingNode()) {
            throw new Refusal(
                    401,
                    "Error authenticating with application credential: Application credentials cannot request a scope.");
        }
        var credential = Json.has(given, "id")
                ? Optional.of(credentials
                        .application(Json.text(given, "id"))
                        .orElseThrow(() -> Directory.missing("Application Credential", Json.text(given, "id"))))
                : directory
                        .named(given.path("user"))
                        .flatMap(account -> credentials.application(account, Json.text(given, "name")));
        return credential
                .filter(known -> known.secret().equals(Json.text(given, "secret")))
                .filter(known -> known.expires().map(world.now()::isBefore).orElse(true))
                .map(tokens::issue)
                .orElseThrow(Keystone::denied);
    }

    /** Without a scope, a token is for the user's default project; "unscoped" must be asked for. */
    private static boolean scoped(JsonNode scope, Account account) {
        if (scope.isMissingNode()) {
            return true;
        }
        if (scope.isTextual() || scope.has("unscoped")) {
            return false;
        }
        if (!Directory.scopes(scope.path("project"), account)) {
            throw denied();
        }
        return true;
    }

    private static Refusal denied() {
        return new Refusal(401, DENIED);
    }

    private ObjectNode view(Token token, Request request) {
        var domain = Map.of("id", "default", "name", "Default");
        var view = Json.object(
                "methods", token.methods(),
                "user",
                        Json.object(
                                "domain",
                                domain,
                                "id",
                                Directory.userId(token.account()),
                                "name",
                                token.account().user(),
                                "password_expires_at",
                                null),
                "audit_ids", token.auditIds(),
                "expires_at", World.micros(token.expires()) + "Z",
                "issued_at", World.micros(token.issued()) + "Z");
        if (token.scoped()) {
            var project = Json.object(
                    "domain", domain,
                    "id", Directory.projectId(token.account()),
                    "name", token.account().project());
            view.set("project", project);
            view.put("is_domain", false);
            view.set(
                    "roles",
                    token.roles().stream().sorted().map(Directory::role).collect(Json.toArray()));
            if (!request.query().yes("nocatalog")) {
                view.set("catalog", catalog.entries(root(request), Directory.projectId(token.account())));
            }
        }
        return view;
    }

    private String root(Request request) {
        return request.base().substring(0, request.base().length() - prefix().length());
    }

    private Answer validate(Request request) {
        var token = subject(request);
        return Answer.ok(Json.object("token", view(token, request))).with("X-Subject-Token", token.value());
    }

    private Answer revoke(Request request) {
        tokens.revoke(subject(request));
        return Answer.empty(204);
    }

    private Token subject(Request request) {
        return request.header("X-Subject-Token")
                .flatMap(tokens::find)
                .orElseThrow(() -> new Refusal(404, "Could not recognize Fernet token"));
    }

    private Answer catalog(Request request) {
        var entries = catalog.entries(root(request), request.caller().projectId());
        return Answer.ok(Json.object("catalog", entries, "links", links(request)));
    }

    private Answer myProjects(Request request) {
        var mine = directory.byId(request.caller().userId()).stream()
                .map(account -> Directory.project(account, request.base()))
                .toList();
        return Answer.ok(Json.object("projects", Json.array(mine), "links", links(request)));
    }

    private Answer projects(Request request) {
        adminOnly(request, "identity:list_projects");
        var name = request.query().first("name");
        var all = directory.all().stream()
                .filter(account -> name.isEmpty() || name.get().equals(account.project()))
                .map(account -> Directory.project(account, request.base()))
                .distinct()
                .toList();
        return Answer.ok(Json.object("projects", Json.array(all), "links", links(request)));
    }

    private Answer project(Request request) {
        var id = request.variable("id");
        if (!request.caller().owns(id)) {
            throw forbidden("identity:get_project");
        }
        return directory.all().stream()
                .filter(account -> Directory.projectId(account).equals(id))
                .findFirst()
                .map(account -> Answer.ok(Json.object("project", Directory.project(account, request.base()))))
                .orElseThrow(() -> Directory.missing("project", id));
    }

    private Answer users(Request request) {
        adminOnly(request, "identity:list_users");
        var all = directory.all().stream()
                .map(account -> Directory.user(account, request.base()))
                .toList();
        return Answer.ok(Json.object("users", Json.array(all), "links", links(request)));
    }

    private Answer user(Request request) {
        var id = request.variable("id");
        if (!request.caller().admin() && !request.caller().userId().equals(id)) {
            throw forbidden("identity:get_user");
        }
        return directory
                .byId(id)
                .map(account -> Answer.ok(Json.object("user", Directory.user(account, request.base()))))
                .orElseThrow(() -> Directory.missing("user", id));
    }

    private static void adminOnly(Request request, String action) {
        if (!request.caller().admin()) {
            throw forbidden(action);
        }
    }

    private static Refusal forbidden(String action) {
        return new Refusal(403, "You are not authorized to perform the requested action: " + action + ".");
    }

    private static ObjectNode links(Request request) {
        return Json.object("next", null, "self", request.base() + request.path(), "previous", null);
    }
}
