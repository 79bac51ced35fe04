package org.cytobeam.pipelines.report.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cytobeam.pipelines.report.model.FailureGroup.FailureRow;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.ManifestRow;
import org.cytobeam.transforms.outcome.Warning;

/** Gathers failures by class and warnings by kind: all are counted, the first of each kept. */
final class ProblemsGathering {

  /** The most rows of a group; the tables have all. */
  static final int MOST_ROWS = 200;

  /** Texts come from tables and may be as long as a cell. */
  private static final int LONGEST_TEXT = 600;

  private static final int MOST_KINDS = 50;

  private final Map<FailureClass, Group<FailureRow>> failures = new EnumMap<>(FailureClass.class);
  private final Map<String, Group<Warning>> warnings = new TreeMap<>();

  private static final class Group<T> {
    final List<T> rows = new ArrayList<>();
    long count;

    boolean hasRoom() {
      return rows.size() < MOST_ROWS;
    }
  }

  void add(ManifestRow row, Failure failure) {
    Group<FailureRow> group =
        failures.computeIfAbsent(failure.getFailureClass(), key -> new Group<>());
    group.count++;
    if (group.hasRoom()) {
      Item item = row.getItem();
      group.rows.add(
          new FailureRow(
              bounded(item.getUri()),
              bounded(failure.getMessage()),
              bounded(item.getId()),
              bounded(item.getInput())));
    }
  }

  void add(Warning warning) {
    String kind = bounded(warning.getKind());
    boolean isKnown = warnings.size() < MOST_KINDS || warnings.containsKey(kind);
    Group<Warning> group = warnings.computeIfAbsent(isKnown ? kind : "", key -> new Group<>());
    group.count++;
    if (group.hasRoom()) {
      group.rows.add(
          Warning.of(kind, bounded(warning.getSubject()), bounded(warning.getMessage())));
    }
  }

  private static String bounded(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    int end = LONGEST_TEXT - 1;
    boolean halvesPair = Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, halvesPair ? end - 1 : end) + "…";
  }

  List<FailureGroup> failures() {
    return failures.entrySet().stream()
        .map(e -> new FailureGroup(e.getKey(), e.getValue().count, e.getValue().rows))
        .sorted(Comparator.comparingLong(FailureGroup::count).reversed())
        .toList();
  }

  List<WarningGroup> warnings() {
    return warnings.entrySet().stream()
        .map(e -> new WarningGroup(e.getKey(), e.getValue().count, e.getValue().rows))
        .sorted(Comparator.comparingLong(WarningGroup::count).reversed())
        .toList();
  }
}
