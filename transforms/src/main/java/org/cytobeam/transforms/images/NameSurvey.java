package org.cytobeam.transforms.images;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.cytobeam.io.table.TableException;
import org.cytobeam.transforms.outcome.ItemSet;
import org.jspecify.annotations.Nullable;

/**
 * A look at all rows of some tables of names before anything is started: how many there are, and
 * what makes it pointless to begin.
 *
 * <p>A row that can't be read is no reason not to begin: it becomes a failure of the run. Memory
 * does not grow with the tables, but for the first names that are asked for.
 */
public final class NameSurvey {

  /**
   * A table that must be mended before a run can start.
   *
   * @param where the table
   * @param problem what is wrong with it
   * @param mend what to do about it
   */
  public record Fault(String where, String problem, String mend) {}

  private static final int SAMPLED = 4096;

  private final int limit;
  private final Set<String> firstNames = new LinkedHashSet<>();
  private final NameSample sample = new NameSample(SAMPLED);
  private final List<Fault> faults = new ArrayList<>();
  private final List<String> withHeader = new ArrayList<>();
  private long rows;
  private long unusable;

  private NameSurvey(int limit) {
    this.limit = limit;
  }

  /**
   * Reads all rows of some tables.
   *
   * @param tables addresses
   * @param column which column has the names, or null if each table tells
   * @param limit how many of the first different names to keep; 0 for none
   */
  public static NameSurvey of(List<String> tables, @Nullable String column, int limit) {
    NameSurvey survey = new NameSurvey(limit);
    tables.forEach(table -> survey.add(table, column));
    return survey;
  }

  private void add(String address, @Nullable String column) {
    try (NameTable table = NameTable.open(address, column)) {
      for (ListedName row = table.next(); row != null; row = table.next()) {
        if (table.read() == 1 && table.isPlainList() && looksLikeHeader(row.getName())) {
          withHeader.add(address);
        }
        add(row);
      }
      if (table.read() == 0) {
        faults.add(new Fault(address, "has no names", "check that the table is whole"));
      }
    } catch (TableException e) {
      fault(address, e, "mend the table, or choose with --column where its names are");
    } catch (IOException e) {
      fault(address, e, "check the address, and that it can be reached");
    }
  }

  private void fault(String address, IOException e, String mend) {
    String prefix = NameTable.label(address) + ": ";
    String message = String.valueOf(e.getMessage());
    faults.add(
        new Fault(
            address,
            message.startsWith(prefix) ? message.substring(prefix.length()) : message,
            mend));
  }

  private void add(ListedName row) {
    rows++;
    if (row.getProblem() != null) {
      unusable++;
      return;
    }
    sample.add(row.getName());
    if (firstNames.size() < limit) {
      firstNames.add(row.getName());
    }
  }

  /** A line of several cells one of which is a usual heading, or such a heading alone. */
  private static boolean looksLikeHeader(String line) {
    return Stream.of(line.split("[,;\t]"))
        .map(cell -> cell.replace("\"", "").strip())
        .anyMatch(NameColumn::isUsual);
  }

  /** Returns the tables that can't be read, with the reasons. */
  public List<Fault> faults() {
    return List.copyOf(faults);
  }

  /** Returns how many rows there are, with those that can't be used. */
  public long rows() {
    return rows;
  }

  /** Returns how many rows can't be used. */
  public long unusable() {
    return unusable;
  }

  /** Returns about how many different names there are, within some percent; exact up to 4,095. */
  public long names() {
    return sample.distinct();
  }

  /** Returns the first names that were asked for; fewer if there are no more. */
  public ItemSet firstNames() {
    return ItemSet.of(firstNames);
  }

  /** Returns up to 4,096 names, evenly taken from all, sorted as S3 sorts keys. */
  public List<String> sample() {
    return sample.sorted();
  }

  /**
   * Returns the tables that are read as plain lists though their first lines look like headers: in
   * most cases a column should be asked for.
   */
  public List<String> withHeader() {
    return List.copyOf(withHeader);
  }
}
