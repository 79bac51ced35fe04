package org.cytobeam.transforms.images;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cytobeam.transforms.outcome.Outcome;

/**
 * Some rows, of which those with equal names are one, and those without a usable name are failures.
 */
final class NamesOfBucket {

  /**
   * A name to look for.
   *
   * @param merged its rows
   * @param wanted what is looked for
   */
  record Entry(MergedName merged, WantedName wanted) {}

  private record Rows(ListedName first, long count) {}

  private final MatchRules rules;
  private final TableOrder order;
  private final Map<String, Rows> byName = new TreeMap<>();
  private final List<Outcome> unusable = new ArrayList<>();

  NamesOfBucket(MatchRules rules, TableOrder order) {
    this.rules = rules;
    this.order = order;
  }

  /** Adds a row. */
  void add(ListedName row) {
    String problem = row.getProblem();
    if (problem != null) {
      unusable.add(MatchedItems.badRow(row, problem));
    } else {
      byName.merge(row.getName(), new Rows(row, 1), this::merged);
    }
  }

  private Rows merged(Rows one, Rows other) {
    boolean oneIsFirst = order.compare(one.first().getInput(), other.first().getInput()) <= 0;
    return new Rows(oneIsFirst ? one.first() : other.first(), one.count() + other.count());
  }

  /** Returns the names to look for, sorted; the failures are complete when it has returned. */
  Collection<Entry> entries() {
    MatchedItems items = new MatchedItems(rules);
    List<Entry> entries = new ArrayList<>();
    for (Rows rows : byName.values()) {
      String name = rows.first().getName();
      MergedName merged = new MergedName(name, rows.first().getInput(), rows.count());
      try {
        entries.add(new Entry(merged, WantedName.of(name, rules)));
      } catch (WantedName.BadNameInRowException e) {
        unusable.add(items.badRow(merged, String.valueOf(e.getMessage())));
      }
    }
    return entries;
  }

  /** Returns the failures of rows that can't be looked for. */
  List<Outcome> unusable() {
    return unusable;
  }
}
