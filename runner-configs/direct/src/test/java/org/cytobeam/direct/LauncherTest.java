package org.cytobeam.direct;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script at the top, in a tree of its own, with a Java and a Maven that only say they ran. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class LauncherTest {

  private static final String DIRECT = "runner-configs/direct";
  private static final String FLINK = "runner-configs/flink";
  private static final String SPARK = "runner-configs/spark";

  private static final Path SCRIPT = Path.of("..", "..", "cytobeam");

  @TempDir private Path folder;
  private Path tree;
  private Path java;
  private Path source;
  private final Map<String, String> environment = new HashMap<>();

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void plantATree() throws IOException {
    tree = Files.createDirectories(folder.resolve("a tree"));
    Files.copy(SCRIPT, tree.resolve("cytobeam"), StandardCopyOption.COPY_ATTRIBUTES);
    for (String module :
        List.of("io", "transforms", "pipelines", "runner-configs/logback", DIRECT, FLINK, SPARK)) {
      Files.createDirectories(tree.resolve(module).resolve("src/main"));
      Files.createFile(tree.resolve(module).resolve("pom.xml"));
    }
    Files.createFile(tree.resolve("pom.xml"));
    source = Files.createFile(tree.resolve("io/src/main/A.java"));
    program(
        tree.resolve("mvnw"),
        """
        echo "$*" >> builds
        echo '[INFO] compiling'
        if [ -e broken ]; then echo '[ERROR] A.java:1 is wrong'; exit 1; fi
        case $* in
          *-Pshaded*) shaded=-shaded ;;
        esac
        for runner in direct flink spark; do
          case $* in
            *runner-configs/$runner*)
              touch runner-configs/$runner/target/cytobeam-$runner.jar
              touch runner-configs/$runner/target/cytobeam-$runner$shaded.jar
          esac
        done
        """);
    java = folder.resolve("my jdk");
    jdk(java, "17.0.2");
    program(java.resolve("bin/javac"), "");
    environment.put("JAVA_HOME", java.toString());
    environment.put("PATH", tools().toString());
  }

  @Test
  void buildsAtFirstUseAndOnlyThen() throws Exception {
    Ended first = run("plate", "--wells", "A 01");
    Ended second = run("plate");

    assertThat(first.code(), equalTo(7));
    assertThat(first.err(), startsWith("cytobeam: building (the first time takes some minutes"));
    assertThat(first.err().lines().count(), equalTo(1L));
    assertThat(
        first.out(),
        endsWith(
            "-cp|"
                + tree.toRealPath().resolve("runner-configs/direct/target/cytobeam-direct.jar")
                + "|org.cytobeam.pipelines.cli.Cytobeam|plate|--wells|A 01|\n"));
    assertThat(second.err(), emptyString());
    assertThat(
        Files.readAllLines(tree.resolve("builds")),
        equalTo(
            List.of(
                "-B -ntp -Dquick -Dmaven.test.skip=true -Dcytobeam.commit= -pl runner-configs/direct -am package")));
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    run("plate");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    run("plate");

    assertThat(builds(), equalTo(2L));
  }

  @Test
  void buildsAgainWhenASourceIsGone() throws Exception {
    run("plate");
    Files.delete(source);
    Files.setLastModifiedTime(
        tree.resolve("io/src/main"), FileTime.from(Instant.now().plusSeconds(60)));

    run("plate");

    assertThat(builds(), equalTo(2L));
  }

  @Test
  void leavesTheBuildOutWhenTold() throws Exception {
    environment.put("CYTOBEAM_NO_BUILD", "1");
    Ended unbuilt = run("plate");
    environment.remove("CYTOBEAM_NO_BUILD");
    run("plate");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    environment.put("CYTOBEAM_NO_BUILD", "1");

    Ended built = run("plate");

    assertThat(unbuilt.code(), equalTo(1));
    assertThat(
        unbuilt.err(), equalTo("cytobeam: is not built; leave out CYTOBEAM_NO_BUILD once\n"));
    assertThat(built.code(), equalTo(7));
    assertThat(builds(), equalTo(1L));
  }

  @Test
  void startsWithTheClassesThatWereLaidOutForTheSameJava() throws Exception {
    program(
        java.resolve("bin/java"),
        """
        for word; do
          case $word in -XX:ArchiveClassesAtExit=*) touch "${word#*=}" ;; esac
        done
        printf '%s|' "$@"; echo; exit 7
        """);
    String flag =
        "|-XX:SharedArchiveFile="
            + folder.toRealPath().resolve("a tree/runner-configs/direct/target/classes.jsa")
            + "|";

    assertThat(run("plate").out(), containsString(flag));
    assertThat(run("plate").out(), containsString(flag));

    Files.writeString(java.resolve("release"), "JAVA_VERSION=\"17.0.3\"\n");
    assertThat(run("plate").out(), not(containsString("SharedArchiveFile")));
  }

  @Test
  void startsWithoutClassesLaidOutWhereThatFails() throws Exception {
    Ended ended = run("plate");

    assertThat(ended.code(), equalTo(7));
    assertThat(ended.out(), not(containsString("SharedArchiveFile")));
  }

  @Test
  void showsWhyABuildFailed() throws Exception {
    Files.createFile(tree.resolve("broken"));

    Ended ended = run("plate");

    assertThat(ended.code(), equalTo(1));
    assertThat(ended.err(), containsString("\n[ERROR] A.java:1 is wrong\n"));
    assertThat(ended.err(), containsString("cytobeam: the build failed; all of it is in "));
    Files.delete(tree.resolve("broken"));
    assertThat(run("plate").code(), equalTo(7));
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    CompletableFuture<Ended> one = CompletableFuture.supplyAsync(() -> runUnchecked("plate"));
    CompletableFuture<Ended> other = CompletableFuture.supplyAsync(() -> runUnchecked("plate"));

    assertThat(one.get().code(), equalTo(7));
    assertThat(other.get().code(), equalTo(7));
    assertThat(builds(), equalTo(1L));
  }

  @Test
  void takesOverFromABuildThatWasKilled() throws Exception {
    Path lock = Files.createDirectories(tree.resolve("target/launcher.lock"));
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.writeString(lock.resolve("pid"), gone.pid() + "\n");

    assertThat(run("plate").code(), equalTo(7));
    assertThat(Files.exists(lock), equalTo(false));
  }

  @Test
  void takesOverFromABuildThatWasKilledBeforeItNamedItself() throws Exception {
    Path lock = Files.createDirectories(tree.resolve("target/launcher.lock"));
    program(folder.resolve("tools/sleep"), "echo \"$*\" >> sleeps");

    assertThat(run("plate").code(), equalTo(7));
    assertThat(Files.exists(lock), equalTo(false));
    assertThat(
        Files.readAllLines(folder.resolve("sleeps")), equalTo(List.of("1", "1", "1", "1", "1")));
  }

  @Test
  void isFoundThroughSymbolicLinks() throws Exception {
    Path relative = Files.createSymbolicLink(tree.resolve("link"), Path.of("cytobeam"));
    Path absolute = Files.createSymbolicLink(folder.resolve("another link"), relative);

    Ended ended = run(absolute, "plate");

    assertThat(ended.code(), equalTo(7));
    assertThat(builds(), equalTo(1L));
  }

  @Test
  void passesFlagsToTheJvm() throws Exception {
    environment.put("CYTOBEAM_HEAP", "3g");
    environment.put("CYTOBEAM_JAVA_OPTS", "-Da=b -Dc=d");

    String out = run("plate", "").out();

    assertThat(out, startsWith("-Xmx3g|"));
    assertThat(out, containsString("|-Da=b|-Dc=d|-cp|"));
    assertThat(out, endsWith("|plate||\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "--runner=FlinkRunner, flink",
    "--runner=flink, flink",
    "--runner=SparkRunner, spark",
    "--runner=DirectRunner, direct",
    "--runner=another, direct"
  })
  void takesTheJarThatHasTheRunner(String argument, String module) throws Exception {
    Ended ended = run("plate", "--runner=wrong", argument);

    assertThat(ended.out(), containsString("/target/cytobeam-" + module + ".jar|"));
    assertThat(
        Files.readString(tree.resolve("builds")),
        endsWith(" -pl runner-configs/" + module + " -am package\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--runner=FlinkRunner",
        "\uFEFF--runner=FlinkRunner\r\n",
        "# --runner=SparkRunner\n\n  --sites 1,2 --runner FlinkRunner # --runner=SparkRunner\n",
        "--runner \\\n  'FlinkRunner'\n",
        "\"--runner=FlinkRunner\" --wells '*'"
      })
  void takesTheRunnerFromAFileOfOptions(String text) throws Exception {
    Files.writeString(folder.resolve("my options"), text);

    Ended ended = run("plate", "--runner=SparkRunner", "@my options", "@missing");

    assertThat(ended.out(), endsWith("|plate|--runner=SparkRunner|@my options|@missing|\n"));
    assertThat(ended.out(), containsString("/target/cytobeam-flink.jar|"));
    assertThat(ended.err().lines().count(), equalTo(1L));
  }

  @Test
  void theLastWordOnTheRunnerCounts() throws Exception {
    Files.writeString(folder.resolve("options"), "--runner=FlinkRunner");

    Ended ended = run("plate", "@options", "--runner=SparkRunner");

    assertThat(ended.out(), containsString("/target/cytobeam-spark.jar|"));
  }

  @Test
  void takesTheClusterFromAFileOfOptions() throws Exception {
    Files.writeString(folder.resolve("options"), "--runner=flink\n--flinkMaster=host:8081\n");

    assertThat(run("plate", "@options").out(), containsString("-shaded.jar|"));
  }

  @Test
  void passesTheFlagsThatARunnerWants() throws Exception {
    Files.writeString(tree.resolve(FLINK).resolve("jvm.flags"), "-Da=b\n");

    String flags = "|@" + tree.toRealPath().resolve(FLINK).resolve("jvm.flags") + "|";

    assertThat(run("plate", "--runner", "FlinkRunner").out(), containsString(flags));
    assertThat(run("plate", "--runner", "SparkRunner").out(), not(containsString(flags)));
  }

  @ParameterizedTest
  @CsvSource({
    "flink, --flinkMaster=127.0.0.1:8081",
    "flink, --flink_master=host:8081",
    "flink, --flink-master=host:8081",
    "spark, --sparkMaster=spark://127.0.0.1:7077",
    "spark, --spark_master=yarn",
    "spark, '--sparkMaster=local-cluster[2,1,1024]'"
  })
  void buildsOneJarForTheWorkersOfACluster(String runner, String master) throws Exception {
    run("plate", "--runner=" + runner);

    Ended first = run("plate", "--runner=" + runner, master);
    Ended second = run("plate", "--runner", runner, master.replace('=', ' ').split(" ")[0], "a:1");

    Path jar = tree.toRealPath().resolve("runner-configs/" + runner + "/target");
    assertThat(
        first.out(),
        containsString("|-Dcytobeam.shaded.jar=" + jar + "/cytobeam-" + runner + "-shaded.jar|"));
    assertThat(second.out(), containsString("-shaded.jar|"));
    assertThat(
        Files.readAllLines(tree.resolve("builds")).get(1),
        endsWith(" -Pshaded -pl runner-configs/" + runner + " -am package"));
    assertThat(builds(), equalTo(2L));
  }

  @ParameterizedTest
  @CsvSource({
    "flink, --flinkMaster=[local]",
    "flink, --flinkMaster=[auto]",
    "spark, --sparkMaster=local",
    "spark, --sparkMaster=local[4]",
    "direct, --flinkMaster=host:8081"
  })
  void buildsNoJarForWorkersWhereThereAreNone(String runner, String master) throws Exception {
    Ended ended = run("plate", "--runner=" + runner, master);

    assertThat(ended.out(), not(containsString("shaded")));
    assertThat(Files.readString(tree.resolve("builds")), not(containsString("shaded")));
  }

  @Test
  void setsTheSizeOfTheHeapUnlessTheUserDoes() throws Exception {
    assertThat(run("plate").out(), startsWith("-XX:MaxRAMPercentage=50|-Xms"));

    environment.put("CYTOBEAM_JAVA_OPTS", "-Xmx256m");

    assertThat(run("plate").out(), not(containsString("-Xms")));
  }

  @Test
  void copyingNeedsASmallerHeapThanDecoding() throws Exception {
    assertThat(
        run("plate").out(),
        containsString("|-Xms640m|-Xmn224m|-XX:-UseAdaptiveSizePolicy|-XX:+UseParallelGC|"));
    assertThat(run("images").out(), containsString("|-Xms96m|-Xmn48m|-XX:+UseSerialGC|"));

    environment.put("CYTOBEAM_HEAP", "3g");

    assertThat(run("images").out(), not(containsString("-Xms")));
  }

  @ParameterizedTest
  @CsvSource({"/dev/null, ''", "/dev/ptmx, 1"})
  void saysWhetherPeopleCanBeAsked(String input, String said) throws Exception {
    Path terminal = Path.of(input);
    assumeTrue(Files.isReadable(terminal), "there is no terminal to be had");
    program(java.resolve("bin/java"), "printf '%s' \"$CYTOBEAM_INPUT_TERMINAL\"");

    Ended ended = run(tree.resolve("cytobeam"), terminal, "images");

    assertThat(ended.out(), equalTo(said));
  }

  /** Exit code 3, which the JVM's own flag for this ends with, means that items failed. */
  @Test
  void outOfMemoryEndsAsAKillDoes() throws Exception {
    String out = run("plate").out();

    assertThat(out, containsString("|-XX:OnOutOfMemoryError=kill -9 %p|"));
    assertThat(out, not(containsString("ExitOnOutOfMemoryError")));
  }

  @Test
  void takesTheJavaOnThePathWhenJavaHomeHasNone() throws Exception {
    environment.put("JAVA_HOME", folder.resolve("nothing").toString());
    Files.createSymbolicLink(folder.resolve("tools/java"), java.resolve("bin/java"));

    assertThat(run("plate").code(), equalTo(7));
  }

  @Test
  void saysWhichJavaIsMissing() throws Exception {
    Path old = folder.resolve("old");
    jdk(old, "1.8.0_392");
    environment.put("JAVA_HOME", old.toString());

    Ended ended = run("plate");

    assertThat(ended.code(), equalTo(1));
    assertThat(
        ended.err(),
        equalTo(
            "cytobeam: needs a JDK 17 or newer, in JAVA_HOME or on PATH; found Java 8 in "
                + old
                + "\n"));
  }

  @Test
  void saysThatThereIsNoJava() throws Exception {
    environment.remove("JAVA_HOME");

    Ended ended = run("plate");

    assertThat(ended.code(), equalTo(1));
    assertThat(
        ended.err(),
        equalTo("cytobeam: needs a JDK 17 or newer, in JAVA_HOME or on PATH; found none\n"));
  }

  @Test
  void saysThatACompilerIsMissing() throws Exception {
    Files.delete(java.resolve("bin/javac"));

    Ended ended = run("plate");

    assertThat(ended.code(), equalTo(1));
    assertThat(ended.err(), containsString("is a Java without a compiler"));
  }

  /** What the script may call, and no Java. */
  private Path tools() throws IOException {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    for (String name :
        List.of(
            "bash",
            "cat",
            "dirname",
            "find",
            "grep",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "tail",
            "touch")) {
      Path found =
          Stream.of("/bin", "/usr/bin")
              .map(at -> Path.of(at, name))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow();
      program(tools.resolve(name), "exec " + found + " \"$@\"\n");
    }
    return tools;
  }

  private static void jdk(Path home, String version) throws IOException {
    program(home.resolve("bin/java"), "printf '%s|' \"$@\"; echo; exit 7");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
  }

  private static void program(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text);
    file.toFile().setExecutable(true);
  }

  private long builds() throws IOException {
    return Files.readAllLines(tree.resolve("builds")).size();
  }

  private Ended runUnchecked(String... arguments) {
    try {
      return run(arguments);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Ended run(String... arguments) throws Exception {
    return run(tree.resolve("cytobeam"), arguments);
  }

  private Ended run(Path script, String... arguments) throws Exception {
    return run(script, Path.of("/dev/null"), arguments);
  }

  private Ended run(Path script, Path input, String... arguments) throws Exception {
    List<String> command =
        Stream.concat(Stream.of("/bin/bash", script.toString()), Stream.of(arguments)).toList();
    Path err = Files.createTempFile(folder, "err", "");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.redirectInput(input.toFile());
    builder.directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    try (InputStream out = process.getInputStream()) {
      String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), text, Files.readString(err));
    }
  }
}
