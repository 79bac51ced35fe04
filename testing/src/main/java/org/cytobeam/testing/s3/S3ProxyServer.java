package org.cytobeam.testing.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * S3Proxy, a real S3 server, in a process of its own, on 127.0.0.1 and a free port.
 *
 * <p>It keeps its objects in a temporary folder, which {@link #close()} deletes. The process ends
 * with {@link #close()}, or when this one dies in whatever way: a shell holds the other end of a
 * pipe and kills it when the pipe closes. Needs {@code sh} and the jar named by the system property
 * {@value #JAR}, which the build sets.
 */
public final class S3ProxyServer implements AutoCloseable {

  /** The access key id that {@link #signed} demands. */
  public static final String ACCESS_KEY_ID = "cytobeam-identity";

  /** The secret that belongs to {@link #ACCESS_KEY_ID}; signatures are checked. */
  public static final String SECRET_ACCESS_KEY = "cytobeam-secret";

  private static final String JAR = "cytobeam.s3proxy.jar";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final int MILLIS_BETWEEN_LOOKS = 100;

  private static final String LOGBACK =
      """
      <configuration>
        <appender name="err" class="ch.qos.logback.core.ConsoleAppender">
          <target>System.err</target>
          <encoder><pattern>%d %-5level %logger{20} %msg%n</pattern></encoder>
        </appender>
        <root level="WARN"><appender-ref ref="err"/></root>
      </configuration>
      """;

  private final Path folder;
  private final URI endpoint;
  private final Process process;

  private S3ProxyServer(Path folder, URI endpoint, Process process) {
    this.folder = folder;
    this.endpoint = endpoint;
    this.process = process;
  }

  /** Starts a server that refuses requests not signed with the known key. */
  public static S3ProxyServer signed() {
    return start(
        """
        s3proxy.authorization=aws-v2-or-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        """
            .formatted(ACCESS_KEY_ID, SECRET_ACCESS_KEY));
  }

  /** Starts a server that takes every request and looks at no signature. */
  public static S3ProxyServer anonymous() {
    return start("s3proxy.authorization=none\n");
  }

  private static S3ProxyServer start(String authorization) {
    try {
      Path folder = Files.createTempDirectory("cytobeam-s3proxy");
      URI endpoint = URI.create("http://127.0.0.1:" + freePort());
      Files.createDirectory(folder.resolve("objects"));
      Files.writeString(folder.resolve("logback.xml"), LOGBACK);
      Files.writeString(
          folder.resolve("s3proxy.conf"), configuration(folder, endpoint) + authorization);
      S3ProxyServer server = new S3ProxyServer(folder, endpoint, launch(folder));
      server.awaitAnswer();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("S3Proxy can't be started", e);
    }
  }

  private static String configuration(Path folder, URI endpoint) {
    return """
        s3proxy.endpoint=%s
        jclouds.provider=filesystem-nio2
        jclouds.filesystem.basedir=%s
        jclouds.identity=unused
        jclouds.credential=unused
        """
        .formatted(endpoint, folder.resolve("objects"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Process launch(Path folder) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String diesWithItsParent = "\"$@\" </dev/null & pid=$!; cat >/dev/null; kill -9 $pid";
    return new ProcessBuilder(
            List.of(
                "sh",
                "-c",
                diesWithItsParent,
                "sh",
                java.toString(),
                "-Xmx256m",
                "-Dlogback.configurationFile=" + folder.resolve("logback.xml"),
                "-jar",
                jar().toString(),
                "--properties",
                folder.resolve("s3proxy.conf").toString()))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private static Path jar() {
    String jar = System.getProperty(JAR);
    if (jar == null || !Files.isRegularFile(Path.of(jar))) {
      throw new IllegalStateException(
          "system property " + JAR + " names no file (" + jar + "): run the tests with Maven");
    }
    return Path.of(jar);
  }

  private void awaitAnswer() throws IOException {
    Instant limit = Instant.now().plus(START_LIMIT);
    while (!answers()) {
      if (Instant.now().isAfter(limit)) {
        String log = Files.readString(folder.resolve("log"), UTF_8);
        close();
        throw new IOException("no answer within " + START_LIMIT + "; its log: " + log);
      }
      try {
        Thread.sleep(MILLIS_BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        close();
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while S3Proxy was starting", e);
      }
    }
  }

  private boolean answers() {
    try {
      HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection();
      return connection.getResponseCode() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns {@code http://127.0.0.1:port}. */
  public URI endpoint() {
    return endpoint;
  }

  /** Makes an empty bucket. */
  public S3ProxyServer bucket(String name) {
    try {
      Files.createDirectory(folder.resolve("objects").resolve(name));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("no bucket " + name, e);
    }
  }

  /** Ends the process and deletes its objects. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      deleteFolder();
    } catch (IOException e) {
      throw new UncheckedIOException("S3Proxy can't be cleared away", e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void deleteFolder() throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
              throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
