package org.cytobeam.bench.figure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.cytobeam.bench.server.SyntheticFiles;

/**
 * A program that copies files out of S3, with its settings.
 *
 * @param title what it is called in the table
 * @param command makes its command line
 * @param environment what it finds in its environment
 */
record CopyTool(String title, CommandLine command, Map<String, String> environment) {

  private static final String S3 = "s3://" + SyntheticFiles.BUCKET + "/" + SyntheticFiles.FOLDER;

  /** Makes the command line of a copy. */
  interface CommandLine {
    List<String> of(CopyJob job) throws IOException;
  }

  /**
   * What is copied.
   *
   * @param names a table of names, one a line
   * @param output the folder for the files
   * @param endpoint of the server
   * @param scratch a folder for what a program needs besides
   */
  record CopyJob(Path names, Path output, String endpoint, Path scratch) {}

  /** Returns whether a program can be started. */
  static boolean isThere(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    for (String folder : path.split(":", -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  /** Returns {@code ./cytobeam images} with further options. */
  static CopyTool cytobeam(Path home, List<String> options) {
    return new CopyTool(
        "cytobeam",
        job -> {
          List<String> words =
              new ArrayList<>(
                  List.of(
                      home.resolve("cytobeam").toString(),
                      "images",
                      "--csv-file=" + job.names(),
                      "--output-dir=" + job.output(),
                      "--s3-prefix=" + SyntheticFiles.FOLDER,
                      "--bucket=" + SyntheticFiles.BUCKET,
                      "--endpoint=" + job.endpoint(),
                      "--s3_anonymous",
                      "--auto-confirm"));
          words.addAll(options);
          return words;
        },
        Map.of("JAVA_HOME", JavaCommand.home().toString(), "CYTOBEAM_NO_BUILD", "1"));
  }

  /** Returns {@code rclone copy --files-from} with further options. */
  static CopyTool rclone(String... options) {
    return new CopyTool(
        "rclone " + String.join(" ", options),
        job -> {
          List<String> words =
              new ArrayList<>(
                  List.of(
                      "rclone",
                      "copy",
                      "--files-from=" + job.names(),
                      ":s3:" + SyntheticFiles.BUCKET + "/" + SyntheticFiles.FOLDER,
                      job.output().toString(),
                      "--s3-provider=Other",
                      "--s3-endpoint=" + job.endpoint(),
                      "--s3-list-version=2",
                      "--s3-force-path-style",
                      "--config=" + job.scratch().resolve("rclone.conf")));
          Collections.addAll(words, options);
          return words;
        },
        Map.of());
  }

  /** Returns {@code aws s3 cp --recursive}, which copies all files of the folder. */
  static CopyTool aws(int requests) {
    return new CopyTool(
        "aws s3 cp, " + requests + " requests",
        job -> {
          Files.writeString(
              job.scratch().resolve("aws.conf"),
              "[default]\nregion = us-east-1\ns3 =\n  addressing_style = path\n"
                  + "  max_concurrent_requests = "
                  + requests
                  + "\n");
          return List.of(
              "env",
              "AWS_CONFIG_FILE=" + job.scratch().resolve("aws.conf"),
              "aws",
              "s3",
              "cp",
              S3,
              job.output().toString(),
              "--recursive",
              "--only-show-errors",
              "--no-sign-request",
              "--endpoint-url=" + job.endpoint());
        },
        Map.of());
  }
}
