package org.cytobeam.io.s3;

import java.io.InterruptedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cytobeam.io.bytes.FetchException;
import org.cytobeam.io.bytes.FetchException.Reason;
import org.cytobeam.io.s3.S3ObjectLister.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * One listing on its way, page by page; the next page is asked for before this one is looked at.
 *
 * <p>A page may repeat what came before it. One that only does so is no fault by itself, nor is an
 * empty one, but tokens that lead back to where the listing was are: it would never end.
 */
final class Listing {

  /** So many pages in a row may bring nothing new; S3 makes empty ones of what was deleted. */
  private static final int MOST_IDLE_PAGES = 10_000;

  private final S3Host host;
  private final S3Uri address;
  private final String after;
  private final Set<String> tokensSinceNews = new HashSet<>();
  private String last;
  private long requests;
  private @Nullable S3Call<?, ListedPage> underWay;

  /**
   * Creates a listing that has not begun.
   *
   * @param address the bucket, and as its key what the keys begin with
   * @param after the key behind which it begins; empty for all
   */
  Listing(S3Host host, S3Uri address, String after) {
    this.host = host;
    this.address = address;
    this.after = after;
    this.last = after;
  }

  /** Shows a visitor all objects, as long as it goes on, and returns how many requests it took. */
  long each(Visitor visitor) throws FetchException, InterruptedIOException {
    ask(null);
    try {
      boolean goesOn = true;
      while (goesOn && underWay != null) {
        S3Call<?, ListedPage> call = underWay;
        ListedPage page = Waiting.on(call, address.toString());
        requests += call.requests();
        underWay = null;
        String next = page.next();
        if (next != null) {
          checkMovesOn(page, next);
          ask(next);
        }
        goesOn = show(page.objects(), visitor);
      }
      return requests + (underWay == null ? 0 : underWay.requests());
    } finally {
      if (underWay != null) {
        underWay.cancel(true);
      }
    }
  }

  private void ask(@Nullable String token) {
    PageQuestion question = new PageQuestion(address.bucket(), address.key(), after, token);
    underWay = S3Call.start(host, address, question);
  }

  private void checkMovesOn(ListedPage page, String next) throws FetchException {
    List<ListedObject> objects = page.objects();
    if (!objects.isEmpty() && isNew(objects.get(objects.size() - 1))) {
      tokensSinceNews.clear();
    }
    if (!tokensSinceNews.add(next) || tokensSinceNews.size() > MOST_IDLE_PAGES) {
      String what =
          "the listing doesn't move on: behind \"" + last + "\" come the same pages again";
      throw new FetchException(Reason.FAILED, address.toString(), what, (int) requests, null);
    }
  }

  private boolean show(List<ListedObject> objects, Visitor visitor) {
    for (ListedObject object : objects) {
      if (isNew(object)) {
        last = object.key();
        if (!visitor.visit(object)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean isNew(ListedObject object) {
    return KeyOrder.UTF_8.compare(object.key(), last) > 0;
  }
}
