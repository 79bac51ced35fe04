package org.cytobeam.io.s3;

/**
 * How an object is cut into ranges.
 *
 * @param inFlight how many ranges there are at once at most
 * @param rangeBytes how long one of them is
 */
record RangePlan(int inFlight, int rangeBytes) {

  /**
   * As much of each is on its way as a connection brings in 0.1 s at 80 MB/s, which latency hides
   * behind; a few of them make up for the pace that S3 allows to one connection (Amazon S3 User
   * Guide, "Performance guidelines": 8 to 16 MB).
   */
  static final RangePlan DEFAULT = new RangePlan(4, 8 << 20);

  /** A range that is shorter is not worth a request. */
  private static final int LEAST_BYTES = 1 << 16;

  RangePlan {
    if (inFlight < 1 || rangeBytes < 1) {
      throw new IllegalArgumentException("at least 1 range of 1 byte must be in flight");
    }
  }

  /** Returns how much memory it takes. */
  long bytes() {
    return (long) inFlight * rangeBytes;
  }

  /**
   * Returns a plan that needs no more than an object has, and than there is room for; but one range
   * of 64 KiB there always is.
   */
  RangePlan within(long length, long room) {
    long most = Math.max(Math.min(rangeBytes, LEAST_BYTES), Math.min(room, rangeBytes));
    int range = (int) Math.min(most, length);
    long ranges = Math.min(inFlight, (length + range - 1) / range);
    return new RangePlan((int) Math.max(1, Math.min(ranges, room / range)), range);
  }
}
