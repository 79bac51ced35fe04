package org.cytobeam.transforms.images;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.s3.KeyOrder;
import org.cytobeam.io.s3.S3ObjectLister;
import org.cytobeam.io.s3.S3Settings;

/**
 * Whether names are found with fewer requests by listing all that is below the prefix, or by asking
 * for each.
 *
 * <p>Only names that are keys can be asked for. Few of them are. For many, some pages of the
 * listing are looked at, which begin at names taken evenly from all, and it is counted how many
 * names each of them covers: where a page of a thousand keys covers hundreds of names, listing is
 * cheap. What lies before the first and behind the last name must be within a page each, for how
 * much there is beyond nobody can tell. Credentials that may not list the bucket may still read its
 * objects, which then are asked for.
 *
 * @param lookup LIST or HEAD
 * @param requests about how many that takes; 0 if nothing was estimated
 */
public record LookupChoice(Lookup lookup, long requests) {

  /** As many names are asked for in less time than it takes to look around. */
  static final long FEW = 64;

  /** A page of a listing takes the server, and the reader of its XML, as long as some HEADs. */
  static final long HEADS_A_PAGE = 8;

  private static final int PROBES = 8;

  /**
   * A page of a listing.
   *
   * @param last the last key in it; empty if there is none
   * @param ends whether there are none behind it
   */
  record Page(String last, boolean ends) {

    boolean reaches(String key) {
      return ends || KeyOrder.UTF_8.compare(last, key) >= 0;
    }
  }

  /** Asks for pages of a listing. */
  @FunctionalInterface
  interface Pages {
    /** Returns the page that begins behind a key. */
    Page after(String key) throws IOException;
  }

  /**
   * Chooses.
   *
   * @param names how many different names there are, about
   * @param sample of the names, as {@link NameSurvey#sample} gives it
   * @throws org.cytobeam.transforms.flow.RunAbortedException if the bucket can't be listed, for
   *     another reason than that the credentials may not
   */
  public static LookupChoice of(MatchRules rules, S3Settings s3, long names, List<String> sample)
      throws IOException {
    try (S3ObjectLister lister = new S3ObjectLister(s3)) {
      return of(rules, names, sample, new ListedPages(lister, rules));
    } catch (FetchException e) {
      throw ObjectAnswers.aborted(e, s3);
    }
  }

  static LookupChoice of(MatchRules rules, long names, List<String> sample, Pages pages)
      throws IOException {
    if (rules.match() != MatchRules.Match.KEY) {
      return new LookupChoice(Lookup.LIST, 0);
    }
    List<String> keys = keys(rules, sample);
    long heads = sample.isEmpty() ? 0 : Math.round((double) names * keys.size() / sample.size());
    if (heads <= FEW) {
      return new LookupChoice(Lookup.HEAD, heads);
    }
    double listing;
    try {
      listing = pages(keys, heads, pages);
    } catch (FetchException e) {
      if (e.reason() != FetchException.Reason.DENIED) {
        throw e;
      }
      return new LookupChoice(Lookup.HEAD, heads);
    }
    return listing * HEADS_A_PAGE < heads
        ? new LookupChoice(Lookup.LIST, Math.round(listing))
        : new LookupChoice(Lookup.HEAD, heads);
  }

  private static List<String> keys(MatchRules rules, List<String> sample) {
    List<String> keys = new ArrayList<>();
    for (String name : sample) {
      try {
        keys.addAll(WantedName.of(name, rules).keys());
      } catch (WantedName.BadNameInRowException e) {
        // Such a name is never asked for.
        continue;
      }
    }
    keys.sort(KeyOrder.UTF_8);
    return keys;
  }

  /** Returns about how many pages a listing has; infinity if that can't be told. */
  private static double pages(List<String> keys, long heads, Pages pages) throws IOException {
    String first = keys.get(0);
    String last = keys.get(keys.size() - 1);
    Page start = pages.after("");
    if (start.ends()) {
      return 1;
    }
    if (!start.reaches(first) || !pages.after(last).ends()) {
      return Double.POSITIVE_INFINITY;
    }
    double namesAKey = (double) heads / keys.size();
    double total = 1;
    int probes = Math.min(PROBES, keys.size());
    for (int i = 0; i < probes; i++) {
      int from = (int) ((long) keys.size() * i / probes);
      int upTo = (int) ((long) keys.size() * (i + 1) / probes);
      int covered = covered(keys, from, pages.after(keys.get(from)));
      total += Math.max(1, (upTo - from) / Math.max(covered, 1 / namesAKey));
    }
    return total;
  }

  /** Returns how many of the keys behind one are within a page that begins there. */
  private static int covered(List<String> keys, int from, Page page) {
    int covered = from + 1;
    while (covered < keys.size() && page.reaches(keys.get(covered))) {
      covered++;
    }
    return covered - from - 1;
  }

  /** Pages of a bucket. */
  private record ListedPages(S3ObjectLister lister, MatchRules rules) implements Pages {

    private static final int KEYS_A_PAGE = 1000;

    @Override
    public Page after(String key) throws IOException {
      List<String> seen = new ArrayList<>();
      lister.list(
          rules.bucket(),
          rules.prefix(),
          key,
          object -> {
            seen.add(object.key());
            return seen.size() < KEYS_A_PAGE;
          });
      return seen.isEmpty()
          ? new Page("", true)
          : new Page(seen.get(seen.size() - 1), seen.size() < KEYS_A_PAGE);
    }
  }
}
