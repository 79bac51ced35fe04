package org.cytobeam.transforms.images;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.cytobeam.io.destination.SafeName;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Items that would have the same file. If that is one object under one path they are one item;
 * otherwise none of them can be told from the others, and all of them fail. Paths that differ in
 * case alone are the same file on some file systems, and count as the same. An item fails too if
 * its file would be the folder of another's.
 *
 * <p>Items that have failed already are one as well if they have one id and one class of failure.
 * The others of that id get the places of their rows for ids: a manifest has a row for each id, so
 * that none of them would be left.
 */
final class Clashes {

  /** How many of the others a message names. */
  private static final int MOST_NAMED = 20;

  private final MatchRules rules;
  private final Comparator<Outcome> first;
  private final Map<String, List<Outcome>> byFile = new LinkedHashMap<>();
  private final Map<String, List<Outcome>> failedById = new LinkedHashMap<>();
  private final Map<String, Outcome> inFolder = new HashMap<>();

  Clashes(MatchRules rules, TableOrder order) {
    this.rules = rules;
    this.first = byTable(order);
  }

  private static Comparator<Outcome> byTable(TableOrder order) {
    Comparator<Outcome> byRow =
        (one, other) -> order.compare(one.getItem().getInput(), other.getItem().getInput());
    return byRow
        .thenComparing(outcome -> outcome.getItem().getId())
        .thenComparing(outcome -> outcome.getItem().getUri());
  }

  /** Returns what takes the first of two items in the order of the tables. */
  static BinaryOperator<Outcome> firstBy(TableOrder order) {
    return BinaryOperator.minBy(byTable(order));
  }

  /** Returns what items with the same file have in common. */
  static String file(Outcome outcome) {
    return SafeName.clashKey(outcome.getItem().getId());
  }

  /** Returns the folders that an item's file lies in, each as if it were a file. */
  static List<String> folders(Outcome outcome) {
    String path = outcome.getItem().getId();
    List<String> folders = new ArrayList<>();
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      folders.add(SafeName.clashKey(path.substring(0, slash)));
    }
    return folders;
  }

  /**
   * Adds an item; all with the same {@link #file} must come.
   *
   * @param place its file, or one of its {@link #folders}
   */
  void add(String place, Outcome outcome) {
    if (!place.equals(file(outcome))) {
      inFolder.merge(place, outcome, BinaryOperator.minBy(first));
    } else if (outcome.isPending()) {
      byFile.computeIfAbsent(place, f -> new ArrayList<>(1)).add(outcome);
    } else {
      failedById.computeIfAbsent(outcome.getItem().getId(), id -> new ArrayList<>(1)).add(outcome);
    }
  }

  /** Returns all items, those with one file as one or as failures. */
  List<Outcome> settled() {
    List<Outcome> all = new ArrayList<>();
    Set<String> ids = new LinkedHashSet<>();
    byFile.forEach(
        (file, sharing) -> {
          sharing.forEach(outcome -> ids.add(outcome.getItem().getId()));
          sharing.sort(first);
          all.addAll(settled(sharing, inFolder.get(file)));
        });
    failedById.forEach((id, failed) -> all.addAll(settledFailures(failed, ids.contains(id))));
    return all;
  }

  private List<Outcome> settled(List<Outcome> sharing, @Nullable Outcome inside) {
    Item one = sharing.get(0).getItem();
    boolean allTheSame =
        sharing.stream()
            .map(Outcome::getItem)
            .allMatch(
                other -> other.getUri().equals(one.getUri()) && other.getId().equals(one.getId()));
    if (!allTheSame) {
      return sharing.stream().map(outcome -> clashing(outcome, sharing)).toList();
    }
    Outcome merged = merged(sharing);
    return List.of(
        inside == null
            ? merged
            : failed(merged, "its file " + one.getId() + " would be the folder of " + of(inside)));
  }

  private List<Outcome> settledFailures(List<Outcome> failed, boolean idIsTaken) {
    Map<FailureClass, List<Outcome>> byClass = new LinkedHashMap<>();
    failed.stream()
        .sorted(first)
        .forEach(
            outcome ->
                byClass
                    .computeIfAbsent(
                        outcome.requireFailure().getFailureClass(), c -> new ArrayList<>(1))
                    .add(outcome));
    List<Outcome> settled = new ArrayList<>();
    for (List<Outcome> alike : byClass.values()) {
      Outcome merged = merged(alike);
      settled.add(
          idIsTaken || !settled.isEmpty() ? byRow(merged, merged.requireFailure()) : merged);
    }
    return settled;
  }

  /** Returns the first of some items, with the rows of all. */
  private static Outcome merged(List<Outcome> same) {
    Outcome first = same.get(0);
    if (same.size() == 1) {
      return first;
    }
    Map<String, Long> rowsOfNames = new HashMap<>();
    same.forEach(outcome -> rowsOfNames.put(name(outcome), MatchedItems.rows(outcome.getItem())));
    long rows = rowsOfNames.values().stream().mapToLong(Long::longValue).sum();
    Item item = first.getItem();
    Map<String, String> keys = new HashMap<>(item.getKeys());
    if (rows != 1) {
      keys.put(ImageKeys.ROWS, Long.toString(rows));
    }
    Outcome merged =
        Outcome.pending(Item.of(item.getId(), item.getUri(), item.getInput(), keys))
            .withFacts(first.getFacts());
    Failure failure = first.getFailure();
    return failure == null ? merged : merged.failed(failure);
  }

  private Outcome clashing(Outcome one, List<Outcome> sharing) {
    List<Outcome> rest = sharing.stream().filter(other -> other != one).toList();
    String named =
        rest.stream().limit(MOST_NAMED).map(Clashes::of).collect(Collectors.joining(", "));
    int more = rest.size() - MOST_NAMED;
    boolean foldersDiffer =
        rest.stream().anyMatch(other -> !sourceFolder(other).equals(sourceFolder(one)));
    return failed(
        one,
        "its file "
            + one.getItem().getId()
            + " would be that of "
            + named
            + (more > 0 ? " and " + more + " more" : "")
            + " too"
            + (foldersDiffer && !rules.keepPath()
                ? "; --keep_path keeps files of different folders apart"
                : ""));
  }

  private static String sourceFolder(Outcome outcome) {
    String uri = outcome.getItem().getUri();
    return uri.substring(0, uri.lastIndexOf('/') + 1);
  }

  private static Outcome failed(Outcome one, String problem) {
    return byRow(one, Failure.of(MatchObjects.STEP, FailureClass.AMBIGUOUS, problem, 1));
  }

  /** Returns an item as failed, with the place of its row for an id. */
  private static Outcome byRow(Outcome outcome, Failure failure) {
    Item item = outcome.getItem();
    return Outcome.pending(Item.of(item.getInput(), item.getUri(), item.getInput(), item.getKeys()))
        .failed(failure);
  }

  /** Returns an item's name and object, for people. */
  private static String of(Outcome outcome) {
    return name(outcome) + " (" + outcome.getItem().getUri() + ")";
  }

  private static String name(Outcome outcome) {
    return outcome.getItem().getKeys().getOrDefault(ImageKeys.NAME, outcome.getItem().getInput());
  }

  /** Returns whether an item has failed because another one has the same file. */
  static boolean isClash(Outcome outcome) {
    Failure failure = outcome.getFailure();
    return failure != null
        && failure.getFailureClass() == FailureClass.AMBIGUOUS
        && !outcome.getItem().getUri().isEmpty();
  }
}
