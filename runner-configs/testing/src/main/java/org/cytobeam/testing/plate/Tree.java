package org.cytobeam.testing.plate;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What is in an output folder. */
public final class Tree {

  private Tree() {}

  /** Returns the SHA-256 of every file outside {@code _cytobeam}, by its path. */
  public static SortedMap<String, String> of(Path root) throws IOException {
    SortedMap<String, String> tree = new TreeMap<>();
    for (String path : paths(root)) {
      if (!path.startsWith("_cytobeam/")) {
        tree.put(path, sha256(root.resolve(path)));
      }
    }
    return tree;
  }

  /** Returns the paths of all files, sorted. */
  public static List<String> paths(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile)
          .map(path -> root.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  /** Returns how many images there are, not thumbnails, in a folder that is being written. */
  public static int images(Path root) throws IOException {
    AtomicInteger images = new AtomicInteger();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return folder.endsWith("_cytobeam")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            images.addAndGet(file.toString().endsWith(".png") ? 1 : 0);
            return FileVisitResult.CONTINUE;
          }

          /** As temporaries, which vanish meanwhile, or a folder that is not there yet. */
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    return images.get();
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
