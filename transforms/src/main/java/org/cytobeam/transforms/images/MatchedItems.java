package org.cytobeam.transforms.images;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cytobeam.io.s3.ListedObject;
import org.cytobeam.io.secrets.Redaction;
import org.cytobeam.transforms.outcome.Facts;
import org.cytobeam.transforms.outcome.Failure;
import org.cytobeam.transforms.outcome.FailureClass;
import org.cytobeam.transforms.outcome.Item;
import org.cytobeam.transforms.outcome.Outcome;

/**
 * What becomes of a name: a pending item for an object that it means, or one that has failed.
 *
 * <p>The id of an item is the path of its file. Where only an object could tell that, and there is
 * none, the id is the place of the row, so that it goes from the manifest when the table is read
 * again.
 */
final class MatchedItems {

  private final MatchRules rules;

  MatchedItems(MatchRules rules) {
    this.rules = rules;
  }

  /** Returns the items of a name that fits some objects equally well. */
  List<Outcome> found(MergedName name, Candidates candidates) {
    Collection<ListedObject> first = candidates.first();
    if (candidates.count() == 1) {
      return List.of(found(name, candidates.newest()));
    }
    return switch (rules.ambiguous()) {
      case FAIL -> List.of(ambiguous(name, candidates));
      case FIRST -> List.of(found(name, first.iterator().next()));
      case NEWEST -> List.of(found(name, candidates.newest()));
      case ALL -> first.stream().map(object -> found(name, object)).toList();
    };
  }

  private Outcome found(MergedName name, ListedObject object) {
    String uri = "s3://" + rules.bucket() + "/" + object.key();
    try {
      String path = SavedPath.of(rules, name.name(), object.key());
      Facts facts =
          Facts.none().toBuilder()
              .setEtag(object.etag().isEmpty() ? null : object.etag())
              .setSourceBytes(object.bytes())
              .build();
      return Outcome.pending(item(path, uri, name)).withFacts(facts);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      return failed(item(name.input(), uri, name), FailureClass.BAD_NAME, message);
    }
  }

  private Outcome ambiguous(MergedName name, Candidates candidates) {
    String keys =
        candidates.first().stream().map(ListedObject::key).collect(Collectors.joining(", "));
    long more = candidates.count() - candidates.first().size();
    return failed(
        withoutObject(name),
        FailureClass.AMBIGUOUS,
        candidates.count()
            + " objects fit "
            + name.name()
            + ": "
            + keys
            + (more > 0 ? " and " + more + " more" : ""));
  }

  /** Returns the item of a name that means no object. */
  Outcome missing(MergedName name) {
    String where = "s3://" + rules.bucket() + "/" + rules.prefix();
    return failed(
        withoutObject(name),
        FailureClass.MISSING,
        "no object below " + where + " fits " + name.name());
  }

  /** Returns the item of a name that could not be asked for. */
  Outcome unanswered(MergedName name, FailureClass failureClass, String message, int attempts) {
    return withoutObject(name)
        .failed(Failure.of(MatchObjects.STEP, failureClass, message, Math.max(1, attempts)));
  }

  /** Returns the item of a name that no object in the bucket can have. */
  Outcome badRow(MergedName name, String problem) {
    return failed(item(name.input(), "", name), FailureClass.BAD_ROW, problem);
  }

  /** Returns the item of a row without a name. */
  static Outcome badRow(ListedName row, String problem) {
    return failed(
        Outcome.pending(Item.of(row.getInput(), "", row.getInput(), Map.of())),
        FailureClass.BAD_ROW,
        problem);
  }

  private Outcome withoutObject(MergedName name) {
    boolean nameTells = rules.saveAs() == MatchRules.SaveAs.NAME && !rules.keepPath();
    String id = name.input();
    if (nameTells) {
      try {
        id = SavedPath.ofName(name.name());
      } catch (IllegalArgumentException e) {
        // No file can be called so; that there is no object either is what matters.
        id = name.input();
      }
    }
    return Outcome.pending(item(id, "", name));
  }

  private static Item item(String id, String uri, MergedName name) {
    Map<String, String> keys = new HashMap<>();
    keys.put(ImageKeys.NAME, Redaction.of(name.name()));
    if (name.rows() != 1) {
      keys.put(ImageKeys.ROWS, Long.toString(name.rows()));
    }
    return Item.of(id, uri, name.input(), keys);
  }

  private static Outcome failed(Item item, FailureClass failureClass, String message) {
    return failed(Outcome.pending(item), failureClass, message);
  }

  private static Outcome failed(Outcome outcome, FailureClass failureClass, String message) {
    return outcome.failed(Failure.of(MatchObjects.STEP, failureClass, message, 1));
  }

  /** Returns how many rows an item stands for. */
  static long rows(Item item) {
    String rows = item.getKeys().get(ImageKeys.ROWS);
    return rows == null ? 1 : Long.parseLong(rows);
  }
}
