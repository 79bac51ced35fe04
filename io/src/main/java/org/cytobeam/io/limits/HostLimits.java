package org.cytobeam.io.limits;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The limits of all hosts that a process speaks to, one each. Safe for use by several threads. */
public final class HostLimits {

  private static final HostLimits OF_PROCESS = new HostLimits(Scheduler.system());

  private final Map<String, HostLimit> limits = new ConcurrentHashMap<>();
  private final Scheduler scheduler;

  /** Creates limits that nobody else shares. */
  public HostLimits(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Returns the limits that everything in this process shares. */
  public static HostLimits ofProcess() {
    return OF_PROCESS;
  }

  /**
   * Returns the limit of a host, the same for all that name it equally.
   *
   * @param host a name, with the port if there is one
   * @param maxInFlight how many requests it is sent at once; whoever comes first decides
   */
  public HostLimit of(String host, int maxInFlight) {
    return limits.computeIfAbsent(host, name -> new HostLimit(name, maxInFlight, scheduler));
  }
}
