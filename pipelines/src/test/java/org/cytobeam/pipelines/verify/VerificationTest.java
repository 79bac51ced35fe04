package org.cytobeam.pipelines.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.cytobeam.io.destination.Check;
import org.cytobeam.io.destination.Destination;
import org.cytobeam.io.destination.DestinationException;
import org.cytobeam.io.destination.Proof;
import org.cytobeam.pipelines.folder.LocalFolder;
import org.cytobeam.transforms.outcome.StoredFile;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerificationTest {

  @TempDir private Path root;
  @AutoClose private Destination out;

  @BeforeEach
  void open() {
    out = LocalFolder.open(root);
  }

  private List<Finding> findings(Destination destination, List<StoredFile> files)
      throws IOException {
    try (ParallelChecks checks = new ParallelChecks(new FileCheck(destination, Check.SHA256))) {
      files.forEach(checks::add);
      List<Finding> findings = checks.await();
      findings.sort(Finding.ORDER);
      return findings;
    }
  }

  @Test
  void manyFilesAreAllLookedAtAndInOrder() throws IOException {
    List<StoredFile> files = new ArrayList<>();
    List<Finding> expected = new ArrayList<>();
    for (int i : IntStream.range(0, 2000).map(i -> i * 7919 % 2000).toArray()) {
      String path = "f" + (10_000 + i);
      if (i % 2 == 0) {
        files.add(StoredFile.of(path, out.put(path, path.getBytes(UTF_8))));
      } else {
        files.add(StoredFile.of(path, 1, "0"));
        expected.add(Finding.missing(path, new Proof(1, "0")));
      }
    }
    expected.sort(Finding.ORDER);

    assertThat(findings(out, files), is(expected));
  }

  @Test
  void aPathThatLeadsOutIsNotFollowed() throws IOException {
    StoredFile outside = StoredFile.of("../secret", 1, "0");

    List<Finding> findings = findings(out, List.of(outside));

    assertThat(findings.size(), is(1));
    assertThat(findings.get(0).kind(), is(Finding.Kind.UNREADABLE));
  }

  @Test
  void oneFileThatCanNotBeReadIsNamedAndTheOthersAreLookedAt() throws IOException {
    StoredFile whole = StoredFile.of("whole", out.put("whole", new byte[] {1}));
    StoredFile bad = StoredFile.of("bad", out.put("bad", new byte[] {2}));

    List<Finding> findings =
        findings(failing("bad", new IOException("a bad sector")), List.of(bad, whole));

    assertThat(findings, is(List.of(Finding.unreadable("bad", bad.proof(), "a bad sector"))));
  }

  @Test
  void aFolderThatHasGoneIsTheEnd() throws IOException {
    StoredFile file = StoredFile.of("bad", out.put("bad", new byte[] {2}));
    DestinationException gone = new DestinationException("the disk has gone", new IOException());

    IOException told =
        assertThrows(IOException.class, () -> findings(failing("bad", gone), List.of(file)));

    assertThat(told.getMessage(), is("the disk has gone"));
  }

  @Test
  void withoutAManifestNothingIsProven() {
    FileNotFoundException told =
        assertThrows(FileNotFoundException.class, () -> Verification.of(out, Check.SIZE));

    assertThat(told.getMessage(), is(root.resolve("_cytobeam/manifest.parquet").toString()));
  }

  /** Returns the destination, in which one file can't be opened. */
  private Destination failing(String path, IOException fault) {
    return (Destination)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Destination.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("open") && arguments[0].equals(path)) {
                throw fault;
              }
              return method.invoke(out, arguments);
            });
  }
}
