package org.cytobeam.testing.s3;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which fault meets which request. */
final class Faults {

  /** A share of some of all requests, spread evenly and decided by counting. */
  private static final class Share {
    final double share;
    final Fault fault;
    final long count;
    long seen;

    Share(double share, Fault fault, long first, long count) {
      this.share = share;
      this.fault = fault;
      this.count = count;
      this.seen = -first;
    }

    boolean hits() {
      if (seen < 0 || seen >= count) {
        seen++;
        return false;
      }
      double before = Math.floor(seen * share);
      seen++;
      return Math.floor(seen * share) > before;
    }
  }

  private final Map<String, Deque<Fault>> scripts = new HashMap<>();
  private final Map<String, Fault> always = new HashMap<>();
  private final List<Share> shares = new ArrayList<>();

  synchronized void script(String bucket, String key, Fault... faults) {
    scripts
        .computeIfAbsent(bucket + "/" + key, k -> new ArrayDeque<>())
        .addAll(Arrays.asList(faults));
  }

  synchronized void always(String bucket, String key, Fault fault) {
    always.put(bucket + "/" + key, fault);
  }

  /** Lets a share of the requests meet a fault, from the {@code first} on, counted from 0. */
  synchronized void share(double share, Fault fault, long first, long count) {
    shares.add(new Share(share, fault, first, count));
  }

  synchronized void clear() {
    scripts.clear();
    always.clear();
    shares.clear();
  }

  /** Takes the fault for the next request to a key: its script first, then what is always so. */
  synchronized Fault next(String method, String bucket, String key) {
    String address = bucket + "/" + key;
    Optional<Fault> own = scripted(method, address).or(() -> constant(method, address));
    return own.orElseGet(() -> shared(method));
  }

  private Optional<Fault> scripted(String method, String address) {
    Deque<Fault> script = scripts.getOrDefault(address, new ArrayDeque<>());
    boolean meets = !script.isEmpty() && script.getFirst().meets(method);
    return meets ? Optional.of(script.removeFirst()) : Optional.empty();
  }

  private Optional<Fault> constant(String method, String address) {
    return Optional.ofNullable(always.get(address)).filter(fault -> fault.meets(method));
  }

  private Fault shared(String method) {
    Fault all = Fault.none();
    for (Share share : shares) {
      if (share.fault.meets(method) && share.hits()) {
        all = all.and(share.fault);
      }
    }
    return all;
  }
}
