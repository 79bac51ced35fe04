package org.cytobeam.testing.s3;

import java.util.ArrayList;
import java.util.List;

/** The requests that a server got, in the order in which they had arrived whole. Thread-safe. */
final class RequestLog {

  private final List<RecordedRequest> requests = new ArrayList<>();

  /** How many have been forgotten; what is numbered below is gone. */
  private int forgotten;

  /** Adds a request and returns its number. */
  synchronized int add(RecordedRequest request) {
    requests.add(request);
    return forgotten + requests.size() - 1;
  }

  /** Notes that a request got another answer than the one it was added with. */
  synchronized void correct(int number, int status) {
    int index = number - forgotten;
    if (index >= 0) {
      requests.set(index, requests.get(index).answered(status));
    }
  }

  synchronized List<RecordedRequest> all() {
    return List.copyOf(requests);
  }

  synchronized int size() {
    return requests.size();
  }

  synchronized void clear() {
    forgotten += requests.size();
    requests.clear();
  }
}
