package io.orrery.sandbox.openstack;

import io.orrery.sandbox.openstack.keystone.Account;
import java.net.URI;
import java.util.stream.Collectors;

/** Writes the clouds.yaml by which clients find the emulator. */
final class CloudsYaml {
    private CloudsYaml() {}

    static String of(OpenStackSettings settings, URI authUrl) {
        var first = settings.accounts().getFirst();
        return "clouds:\n" + entry("sandbox", first, settings, authUrl)
                + settings.accounts().stream()
                        .map(account -> entry("sandbox-" + account.user(), account, settings, authUrl))
                        .collect(Collectors.joining());
    }

    private static String entry(String name, Account account, OpenStackSettings settings, URI authUrl) {
        return """
                  %s:
                    region_name: %s
                    identity_api_version: 3
                    interface: public
                    auth:
                      auth_url: %s
                      username: %s
                      password: %s
                      project_name: %s
                      user_domain_name: Default
                      project_domain_name: Default
                """.formatted(name, settings.region(), authUrl, account.user(), account.password(), account.project());
    }
}
