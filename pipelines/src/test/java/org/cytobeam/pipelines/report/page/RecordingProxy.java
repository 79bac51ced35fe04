package org.cytobeam.pipelines.report.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy that leads nowhere and writes down who wanted what. */
final class RecordingProxy implements Closeable {

  private final ServerSocket socket;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  RecordingProxy() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept();
          BufferedReader in =
              new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1))) {
        requests.add(String.valueOf(in.readLine()));
        connection.getOutputStream().write("HTTP/1.1 404 No\r\n\r\n".getBytes(ISO_8859_1));
      } catch (IOException e) {
        requests.add(e.toString());
      }
    }
  }

  String address() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** Returns the first lines of all requests so far. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
