package org.cytobeam.bench.figure;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cytobeam.bench.server.ObjectServer;
import org.cytobeam.bench.server.ServerMain;
import org.cytobeam.bench.server.Throttle;

/** A server in a process of its own. */
final class ServerProcess implements AutoCloseable {

  private static final List<String> FLAGS = List.of("-Xmx512m", "-XX:+UseSerialGC");

  private final Process process;
  private final URI endpoint;
  private final Duration cpuAtStart;

  private ServerProcess(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
    this.cpuAtStart = cpuSoFar(process);
  }

  /**
   * Starts a server and waits until it listens.
   *
   * @param stock the arguments of {@link ServerMain} that say what it holds
   * @param log where its error output goes
   */
  static ServerProcess start(List<String> stock, Throttle throttle, Path log) throws IOException {
    List<Object> arguments =
        new ArrayList<>(
            List.of(throttle.latencyMillis(), throttle.connectionRate(), throttle.totalRate()));
    arguments.addAll(stock);
    Process process =
        JavaCommand.of(ServerMain.class, FLAGS, arguments.toArray())
            .redirectError(log.toFile())
            .start();
    BufferedReader out = process.inputReader();
    String address = out.readLine();
    if (address == null) {
      process.destroyForcibly();
      throw new IOException("the server did not start: see " + log);
    }
    return new ServerProcess(process, URI.create(address));
  }

  URI endpoint() {
    return endpoint;
  }

  /** Returns the processors' time that it took since it began to listen. */
  Duration cpu() {
    return cpuSoFar(process).minus(cpuAtStart);
  }

  /** Returns what it was asked so far. */
  Counts counts() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(endpoint.resolve(ObjectServer.COUNTS)).build();
    String[] counts =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body().split(" ", -1);
    return new Counts(Long.parseLong(counts[0]), Integer.parseInt(counts[1]));
  }

  /** Ends the server and waits for its end. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  private static Duration cpuSoFar(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /**
   * What a server counts.
   *
   * @param requests how many there were
   * @param mostInFlight the most that were unanswered at one time
   */
  record Counts(long requests, int mostInFlight) {}
}
