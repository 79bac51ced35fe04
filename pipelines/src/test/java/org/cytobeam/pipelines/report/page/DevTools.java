package org.cytobeam.pipelines.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A browser that is spoken to while it shows a page, by the Chrome DevTools Protocol. */
final class DevTools implements AutoCloseable {

  private static final int LONGEST_SECONDS = 60;

  private final ObjectMapper mapper = new ObjectMapper();
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final Process browser;
  private final WebSocket socket;
  private int calls;

  private DevTools(Process browser, URI page) {
    this.browser = browser;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(page, new Listener(messages))
            .join();
  }

  /** Passes on whole messages. */
  private record Listener(BlockingQueue<String> messages, StringBuilder parts)
      implements WebSocket.Listener {

    Listener(BlockingQueue<String> messages) {
      this(messages, new StringBuilder());
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean isLast) {
      parts.append(text);
      if (isLast) {
        messages.add(parts.toString());
        parts.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  /**
   * Opens a page in a browser that was started with a port for its tools, which it chooses; the
   * browser ends with the tools.
   */
  static DevTools open(Process browser, Path profile, Path page)
      throws IOException, InterruptedException {
    try {
      String host = "http://127.0.0.1:" + port(browser, profile);
      HttpRequest opening =
          HttpRequest.newBuilder(URI.create(host + "/json/new?" + page.toUri()))
              .PUT(HttpRequest.BodyPublishers.noBody())
              .build();
      String target =
          HttpClient.newHttpClient().send(opening, HttpResponse.BodyHandlers.ofString()).body();
      String socket = new ObjectMapper().readTree(target).path("webSocketDebuggerUrl").asText();
      return new DevTools(browser, URI.create(socket));
    } catch (IOException | InterruptedException | RuntimeException e) {
      browser.destroyForcibly();
      throw e;
    }
  }

  private static String port(Process browser, Path profile)
      throws IOException, InterruptedException {
    Path told = profile.resolve("DevToolsActivePort");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (!Files.exists(told) || Files.readAllLines(told).size() < 2) {
      if (System.nanoTime() > end || browser.waitFor(10, TimeUnit.MILLISECONDS)) {
        throw new IOException("chromium opened no port for its tools");
      }
    }
    return Files.readAllLines(told).get(0);
  }

  /** Returns what a function body finds out about the page when it is loaded: a text. */
  String evaluate(String body) throws IOException, InterruptedException {
    String expression =
        """
        new Promise(loaded => document.readyState === 'complete' ? loaded() : onload = loaded)
          .then(() => { %s })
        """
            .formatted(body);
    String parameters =
        mapper
            .createObjectNode()
            .put("expression", expression)
            .put("awaitPromise", true)
            .put("returnByValue", true)
            .toString();
    return call("Runtime.evaluate", parameters).path("result").path("value").asText();
  }

  /** Calls a method and returns its result. */
  JsonNode call(String method, String parameters) throws IOException, InterruptedException {
    int id = ++calls;
    String message = "{\"id\":%d,\"method\":\"%s\",\"params\":%s}";
    socket.sendText(message.formatted(id, method, parameters), true).join();
    while (true) {
      String text = messages.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
      if (text == null) {
        throw new IOException("chromium does not answer " + method);
      }
      JsonNode answer = mapper.readTree(text);
      if (answer.path("id").asInt() == id) {
        return answer.path("result");
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    socket.sendText("{\"id\":0,\"method\":\"Browser.close\"}", true).join();
    if (!browser.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      browser.destroyForcibly();
    }
  }
}
