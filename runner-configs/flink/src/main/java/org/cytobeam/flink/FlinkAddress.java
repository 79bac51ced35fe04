package org.cytobeam.flink;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.client.deployment.executors.RemoteExecutor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;

/** Where a cluster takes jobs: the REST address of its JobManager. */
record FlinkAddress(String host, int port) {

  private static final int DEFAULT_PORT = 8081;

  private static final Pattern FORM =
      Pattern.compile("(?:http://)?(\\[[0-9a-fA-F:]+]|[^\\[\\]:/]+)(?::(\\d{1,5}))?/?");

  /** Returns whether something is meant as an address with TLS, which {@link #parse} refuses. */
  static boolean wantsTls(String text) {
    return text.strip().toLowerCase(Locale.ROOT).startsWith("https://");
  }

  /** Reads an address such as {@code host:8081}; port 8081 where it names none. */
  static Optional<FlinkAddress> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    String port = form.group(2);
    return Optional.of(
        new FlinkAddress(form.group(1), port == null ? DEFAULT_PORT : Integer.parseInt(port)));
  }

  /**
   * Returns where the cluster is that {@code flink run} brings, if it is one that runs already and
   * answers without TLS.
   */
  static Optional<FlinkAddress> of(Configuration given) {
    boolean isReachable =
        RemoteExecutor.NAME.equals(given.get(DeploymentOptions.TARGET))
            && given.contains(RestOptions.ADDRESS)
            && !given.get(SecurityOptions.SSL_REST_ENABLED);
    return isReachable
        ? Optional.of(new FlinkAddress(given.get(RestOptions.ADDRESS), given.get(RestOptions.PORT)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
