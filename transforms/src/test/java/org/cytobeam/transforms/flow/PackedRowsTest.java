package org.cytobeam.transforms.flow;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

final class PackedRowsTest {

  private static final Coder<String> TEXT = StringUtf8Coder.of();

  private static PackedRows pack(List<String> rows) throws IOException {
    PackedRows.Builder<String> builder = new PackedRows.Builder<>(TEXT);
    for (String row : rows) {
      builder.add(row);
    }
    return builder.build();
  }

  @Property(tries = 300)
  void rowsComeBackInTheirOrderFromAnyIndexOn(
      @ForAll @Size(max = 60) List<@StringLength(max = 3000) String> rows,
      @ForAll @IntRange(max = 60) int start)
      throws Exception {
    PackedRows copy = CoderUtils.clone(PackedRows.coder(), pack(rows));

    assertThat(copy, is(pack(rows)));
    assertThat(copy.size(), is(rows.size()));
    assertThat(copy.decoded(TEXT).toList(), is(rows));
    int from = Math.min(start, rows.size());
    assertThat(ImmutableList.copyOf(copy.from(from, TEXT)), is(rows.subList(from, rows.size())));
  }

  @Property(tries = 300)
  void partsAreJoinedInTheirOrder(
      @ForAll @Size(max = 8) List<@Size(max = 30) List<@StringLength(max = 3000) String>> parts)
      throws Exception {
    List<PackedRows> packed = new ArrayList<>();
    List<String> all = new ArrayList<>();
    for (List<String> part : parts) {
      packed.add(pack(part));
      all.addAll(part);
    }

    assertThat(PackedRows.concat(packed).decoded(TEXT).toList(), is(all));
  }

  @Test
  void rowsThatAreMuchAlikeTakeAFractionOfTheirLength() throws Exception {
    PackedRows packed = pack(Collections.nCopies(1000, "s3://bucket/plate/images/r01c01f01.tiff"));

    assertThat(CoderUtils.encodeToByteArray(PackedRows.coder(), packed).length, lessThan(4000));
  }

  @Test
  void aRowBehindTheLastIsRefused() throws Exception {
    Iterator<String> rows = pack(List.of("a")).from(1, TEXT);

    assertThat(rows.hasNext(), is(false));
    assertThrows(NoSuchElementException.class, rows::next);
  }
}
