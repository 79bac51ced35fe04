package org.cytobeam.io.destination;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {

  private static final RunId RUN = new RunId("20261122T093000Z-1a2b3c4d");

  private static String rootOf(String root) throws IOException {
    try (Destination destination = Destinations.open(settings(root))) {
      return destination.root();
    }
  }

  private static DestinationSettings settings(String root) {
    return new DestinationSettings(root, RUN, Durability.ITEM);
  }

  @ParameterizedTest
  @CsvSource({
    "/out/a/,/out/a",
    "/out/../a/./b,/a/b",
    "file:///out/a,/out/a",
    "file:/out,/out",
    "s3://bucket,s3://bucket",
    "s3://bucket/,s3://bucket",
    "s3://bucket/a/b//,s3://bucket/a/b"
  })
  void namesTheRootInOneWay(String given, String root) throws IOException {
    assertThat(rootOf(given), is(root));
  }

  @Test
  void takesRelativeFoldersFromTheWorkingDirectory() throws IOException {
    assertThat(rootOf("out"), is(Path.of("").toAbsolutePath().resolve("out").toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "gs://bucket/a", "https://host/a", "s3://", "s3://b/../a", "s3://bucket/a//b"})
  void refusesOtherRoots(String root) {
    assertThrows(IllegalArgumentException.class, () -> Destinations.open(settings(root)));
  }

  @Test
  void takesSettingsThatTravelled() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(settings("s3://bucket/a"));
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject(), is(settings("s3://bucket/a")));
    }
  }

  @Test
  void rootsOfOnePlaceHaveOneSpelling() {
    String here = Path.of("").toAbsolutePath().toString();
    assertThat(Destinations.canonical("./out/../out/"), is(here + "/out"));
    assertThat(Destinations.canonical("file:/data/./out"), is("/data/out"));
    assertThat(Destinations.canonical("s3://bucket/prefix//"), is("s3://bucket/prefix"));
  }

  @Test
  void whatIsNoRootIsKnownAndLeftAsItIs() {
    for (String none : List.of("gopher://host/out", "s3://", "", "a\0b")) {
      assertThat(none, Destinations.isRoot(none), is(false));
      assertThat(Destinations.canonical(none), is(none));
    }
  }
}
