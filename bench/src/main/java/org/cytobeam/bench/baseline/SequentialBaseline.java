package org.cytobeam.bench.baseline;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cytobeam.bench.images.ImageSource;
import org.cytobeam.bench.plate.SyntheticPlate;

/**
 * A process that does what the Python original does: one image after the other, from the request to
 * the file, with the ordinary libraries.
 *
 * <p>Arguments: {@code endpoint source images folder}. The first {@value #WARM_UP} images are not
 * counted, in the baseline's favour: the compiler of the JVM is at work then. Prints the number of
 * images that were counted and the nanoseconds that they took.
 */
public final class SequentialBaseline {

  /** How many images come before those that count. */
  public static final int WARM_UP = 30;

  private SequentialBaseline() {}

  /** Makes the images. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    URI endpoint = URI.create(arguments[0]);
    int counted = Integer.parseInt(arguments[2]);
    Path folder = Path.of(arguments[3]);
    List<String> channels = ImageSource.valueOf(arguments[1]).channels();
    List<String> keys =
        SyntheticPlate.ofImages(WARM_UP + counted, channels).keys().keySet().stream()
            .limit(WARM_UP + counted)
            .toList();
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    long start = System.nanoTime();
    for (int i = 0; i < keys.size(); i++) {
      if (i == WARM_UP) {
        start = System.nanoTime();
      }
      URI uri = endpoint.resolve("/" + SyntheticPlate.BUCKET + "/" + keys.get(i));
      Files.write(folder.resolve(i + ".png"), BaselineImage.png(fetch(client, uri)));
    }
    System.out.println(counted + " " + (System.nanoTime() - start));
  }

  private static byte[] fetch(HttpClient client, URI uri) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(uri + ": " + response.statusCode());
    }
    return response.body();
  }
}
