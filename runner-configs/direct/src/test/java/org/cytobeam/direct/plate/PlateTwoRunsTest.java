package org.cytobeam.direct.plate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.cytobeam.pipelines.cli.ExitCode;
import org.cytobeam.testing.s3.Access;
import org.cytobeam.testing.s3.Fault;
import org.cytobeam.testing.s3.S3TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fault P5: two processes that write into one folder. */
@Timeout(180)
final class PlateTwoRunsTest {

  private static final int SITES = 4;

  private final S3TestServer server =
      S3TestServer.start().bucket("cellpainting-gallery", Access.UNSIGNED);
  private final S3Plate plate = S3Plate.inGallery(server, SITES);

  @TempDir private Path folder;
  private Path csv;
  private Path out;

  @BeforeEach
  void writeTable() throws IOException {
    csv = Files.write(folder.resolve("t.csv"), plate.table(S3Plate.Layout.URL));
    out = folder.resolve("out");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ChildCommand start(String name) throws IOException {
    return new ChildCommand(
        Files.createDirectory(folder.resolve(name)),
        ChildCommand.QUICK,
        List.of(
            "plate",
            "--job_csv_path=" + csv,
            "--output_dir=" + out,
            "--endpoint=" + server.endpoint(),
            "--awsRegion=" + S3TestServer.REGION));
  }

  private CommandRun run() {
    return CommandRun.plate(csv, out, "--endpoint=" + server.endpoint());
  }

  @Test
  void theSecondIsRefusedUntilTheFirstIsKilled() throws Exception {
    server.share(1, Fault.stall(100));
    try (ChildCommand first = start("first")) {
      first.awaitWhileAlive(() -> !server.requests().isEmpty());

      CommandRun second = run();

      assertThat(second.out() + second.err(), second.code(), is(ExitCode.USAGE));
      assertThat(
          second.err(),
          allOf(
              containsString("--output_dir: run "),
              containsString(" is writing into " + out),
              containsString("wait until it has ended, or choose another folder")));
      first.kill();
    }
    server.heal();

    CommandRun third = run();

    assertThat(third.err(), third.code(), is(ExitCode.DONE));
    assertThat(OutputFiles.local(out).pixels(), is(plate.pixels()));
    assertThat(Records.manifest(out).values(), hasSize(SITES * S3Plate.CHANNELS.size()));
  }

  /** Each may see the other first; the one thing that must not be is that both write. */
  @Test
  void ofTwoThatStartAtOnceNoneFailsAndTheSameCommandGoesOn() throws Exception {
    try (ChildCommand one = start("one");
        ChildCommand other = start("other")) {
      int oneCode = one.awaitEnd();
      int otherCode = other.awaitEnd();
      assertThat(one.err(), oneCode, is(in(Set.of(0, 2))));
      assertThat(other.err(), otherCode, is(in(Set.of(0, 2))));
    }

    CommandRun last = run();

    assertThat(last.err(), last.code(), is(ExitCode.DONE));
    assertThat(OutputFiles.local(out).pixels(), is(plate.pixels()));
    assertThat(Records.manifest(out).values(), hasSize(SITES * S3Plate.CHANNELS.size()));
    assertThat(
        Tree.paths(out).stream().filter(path -> path.endsWith(".tmp")).toList(), is(empty()));
  }
}
