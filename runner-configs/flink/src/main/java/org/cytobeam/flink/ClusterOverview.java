package org.cytobeam.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What a cluster has to offer, by Flink's REST interface.
 *
 * @param version of Flink
 * @param workers how many TaskManagers there are; 0 where they are started for each job
 * @param slots how many tasks they can run at once
 */
record ClusterOverview(String version, int workers, int slots) {

  /** The releases that the classes of this module talk with. */
  static final String SUPPORTED = "1.19";

  private static final Pattern SUPPORTED_VERSION =
      Pattern.compile(Pattern.quote(SUPPORTED) + "(?:[.-].*)?");

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * Asks a cluster.
   *
   * @throws IOException if there is no answer, or not Flink's
   */
  static ClusterOverview of(FlinkAddress address) throws IOException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    URI overview = URI.create("http://" + address + "/overview");
    HttpRequest request = HttpRequest.newBuilder(overview).timeout(PATIENCE).build();
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      JsonNode json = new ObjectMapper().readTree(answer.body());
      if (answer.statusCode() != 200 || !json.has("flink-version")) {
        throw new IOException("what answers is not Flink: status " + answer.statusCode());
      }
      return new ClusterOverview(
          json.path("flink-version").asText(),
          json.path("taskmanagers").asInt(),
          json.path("slots-total").asInt());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking Flink", e);
    }
  }

  /** Returns whether it takes jobs from here. */
  boolean isSupported() {
    return SUPPORTED_VERSION.matcher(version).matches();
  }

  /** Returns how many tasks a worker can run at once. */
  int slotsPerWorker() {
    return Math.max(1, workers == 0 ? slots : (slots + workers - 1) / workers);
  }
}
