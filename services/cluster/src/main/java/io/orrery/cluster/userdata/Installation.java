package io.orrery.cluster.userdata;

import java.net.URI;

/** Installs RKE2 of the wished version, unless the image brings it; from the image's own files if there are some. */
final class Installation {

    static final String PATH = "/usr/local/lib/orrery/install-rke2.sh";

    private Installation() {}

    /** Takes the role as its argument. Says on the console when it gives up: nobody can sign in to look. */
    static String script(URI installer, String version) {
        return """
                #!/bin/sh
                export INSTALL_RKE2_VERSION='%1$s'
                export INSTALL_RKE2_TYPE="$1"
                for rke2 in /usr/local/bin/rke2 /usr/bin/rke2 /opt/rke2/bin/rke2; do
                  if [ -x "$rke2" ] && "$rke2" --version | grep -qF "$INSTALL_RKE2_VERSION"; then
                    exit 0
                  fi
                done
                if [ -f /opt/rke2-artifacts/install.sh ]; then
                  export INSTALL_RKE2_ARTIFACT_PATH=/opt/rke2-artifacts
                  sh /opt/rke2-artifacts/install.sh && exit 0
                  unset INSTALL_RKE2_ARTIFACT_PATH
                fi
                for pause in 5 10 20 40 60 60; do
                  curl -sfL '%2$s' -o /run/install-rke2.sh && sh /run/install-rke2.sh && exit 0
                  sleep "$pause"
                done
                echo "orrery: RKE2 $INSTALL_RKE2_VERSION could not be installed from %2$s" | tee /dev/console
                exit 1
                """.formatted(version, installer);
    }
}
