package org.cytobeam.io.destination;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    assertThat(Destinations.canonical(given), is(root));
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
  void seesWhatStandsInTheWayOfAFolder(@TempDir Path temporary) throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    Path dangling = Files.createSymbolicLink(temporary.resolve("link"), temporary.resolve("gone"));

    assertThat(obstacle(temporary), is(Optional.empty()));
    assertThat(obstacle(temporary.resolve("new/deeper")), is(Optional.empty()));
    assertThat(obstacle(file), is(Optional.of(file + " is not a folder")));
    assertThat(obstacle(file.resolve("a/b")), is(Optional.of(file + " is not a folder")));
    assertThat(obstacle(dangling.resolve("a")), is(Optional.of(dangling + " is not a folder")));
    assertThat(Destinations.obstacle("s3://bucket/file"), is(Optional.empty()));
  }

  @Test
  void seesThatAFolderIsNotWritable(@TempDir Path temporary) throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("folder"));
    assumeTrue(
        folder.toFile().setWritable(false) && !Files.isWritable(folder),
        "not tested is a folder that may not be written: this user may write everywhere");

    assertThat(obstacle(folder.resolve("new")), is(Optional.of(folder + " is not writable")));
  }

  private static Optional<String> obstacle(Path folder) {
    return Destinations.obstacle(folder.toString());
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
