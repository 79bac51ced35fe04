package org.cytobeam.transforms.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.cytobeam.io.destination.Destination;

/** What the names of some tables mean, before anything is fetched. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class MatchAnalysis {

  /** The name of its file in the folder of a plan. */
  public static final String FILE = "analysis.json";

  /**
   * The name of the file with all missing names, one a line, in the order of the tables. Line ends
   * within a name are written as {@code \n} and {@code \r}.
   */
  public static final String MISSING_FILE = "missing.txt";

  /** The most names in each list. */
  public static final int MOST_LISTED = 10;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Returns how many rows the tables have. */
  public abstract long getRows();

  /** Returns how many different names; each row without a usable one counts. */
  public abstract long getNames();

  /** Returns how many objects the names mean. */
  public abstract long getAvailable();

  /** Returns how many names mean no object. */
  public abstract long getMissing();

  /** Returns how many names fit several objects equally well. */
  public abstract long getAmbiguous();

  /** Returns how many names would have the file of another. */
  public abstract long getClashes();

  /** Returns how many rows have no usable name, or one that no file can have. */
  public abstract long getBadNames();

  /** Returns how many names the bucket gave no answer about. */
  public abstract long getUnanswered();

  /** Returns how many of the available objects are there already. */
  public abstract long getAlreadyDone();

  /**
   * Returns how many of those are there because an earlier downloader says so, and their lengths
   * agree; which of them are their objects is found out when they are adopted.
   */
  public abstract long getEarlier();

  /** Returns how many bytes the objects have that are there. */
  public abstract long getBytesDone();

  /** Returns how many of the available objects are to be fetched. */
  public abstract long getToFetch();

  /** Returns how many bytes those have. */
  public abstract long getBytesToFetch();

  /** Returns how objects were found; empty if that is not known. */
  public abstract String getLookup();

  /** Returns how many objects were listed. */
  public abstract long getListed();

  /** Returns how many requests it took. */
  public abstract long getRequests();

  /** Returns the first missing names, in the order of the tables. */
  public abstract List<String> getMissingNames();

  /** Returns why the first ambiguous names are so, with what they fit. */
  public abstract List<String> getAmbiguousNames();

  /** Returns the first names that clash, and with what. */
  public abstract List<ClashingName> getClashingNames();

  /** Returns how many rows have a name that another row has. */
  public final long duplicates() {
    return getRows() - getNames();
  }

  /** Returns a builder that starts with this analysis. */
  public abstract Builder toBuilder();

  /**
   * Returns the analysis with how objects were found: the steps only count that, see {@link
   * MatchCounters}, so that the driver adds it.
   */
  public final MatchAnalysis withLookup(Lookup lookup, long listed, long requests) {
    return toBuilder()
        .setLookup(lookup.name().toLowerCase(Locale.ROOT))
        .setListed(listed)
        .setRequests(requests)
        .build();
  }

  /** Returns a builder whose counts are 0. */
  public static Builder builder() {
    return new AutoValue_MatchAnalysis.Builder()
        .setRows(0)
        .setNames(0)
        .setAvailable(0)
        .setMissing(0)
        .setAmbiguous(0)
        .setClashes(0)
        .setBadNames(0)
        .setUnanswered(0)
        .setAlreadyDone(0)
        .setEarlier(0)
        .setBytesDone(0)
        .setToFetch(0)
        .setBytesToFetch(0)
        .setLookup("")
        .setListed(0)
        .setRequests(0)
        .setMissingNames(List.of())
        .setAmbiguousNames(List.of())
        .setClashingNames(List.of());
  }

  /** Gathers counts. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** Sets the number of rows. */
    public abstract Builder setRows(long rows);

    /** Sets the number of different names. */
    public abstract Builder setNames(long names);

    /** Sets the number of objects. */
    public abstract Builder setAvailable(long available);

    /** Sets the number of names without an object. */
    public abstract Builder setMissing(long missing);

    /** Sets the number of names with several. */
    public abstract Builder setAmbiguous(long ambiguous);

    /** Sets the number of names with the file of another. */
    public abstract Builder setClashes(long clashes);

    /** Sets the number of unusable names. */
    public abstract Builder setBadNames(long badNames);

    /** Sets the number of names without an answer. */
    public abstract Builder setUnanswered(long unanswered);

    /** Sets the number of objects that are there. */
    public abstract Builder setAlreadyDone(long alreadyDone);

    /** Sets how many of them an earlier downloader has fetched. */
    public abstract Builder setEarlier(long earlier);

    /** Sets the bytes of the objects that are there. */
    public abstract Builder setBytesDone(long bytes);

    /** Sets the number of objects that are not. */
    public abstract Builder setToFetch(long toFetch);

    /** Sets their bytes. */
    public abstract Builder setBytesToFetch(long bytes);

    /** Sets how objects were found. */
    public abstract Builder setLookup(String lookup);

    /** Sets the number of objects listed. */
    public abstract Builder setListed(long listed);

    /** Sets the number of requests. */
    public abstract Builder setRequests(long requests);

    /** Sets the first missing names. */
    public abstract Builder setMissingNames(List<String> names);

    /** Sets the first ambiguous names. */
    public abstract Builder setAmbiguousNames(List<String> names);

    /** Sets the first clashing names. */
    public abstract Builder setClashingNames(List<ClashingName> names);

    /** Returns the analysis. */
    public abstract MatchAnalysis build();
  }

  /** Returns the analysis as JSON; names are added, and none renamed. */
  public final ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("rows", getRows());
    json.put("names", getNames());
    json.put("duplicates", duplicates());
    json.put("available", getAvailable());
    json.put("missing", getMissing());
    json.put("ambiguous", getAmbiguous());
    json.put("clashes", getClashes());
    json.put("bad_names", getBadNames());
    json.put("unanswered", getUnanswered());
    json.put("already_done", getAlreadyDone());
    json.put("from_download_state", getEarlier());
    json.put("bytes_done", getBytesDone());
    json.put("to_fetch", getToFetch());
    json.put("bytes_to_fetch", getBytesToFetch());
    json.put("lookup", getLookup());
    json.put("listed", getListed());
    json.put("requests", getRequests());
    getMissingNames().forEach(json.putArray("missing_names")::add);
    getAmbiguousNames().forEach(json.putArray("ambiguous_names")::add);
    ArrayNode clashes = json.putArray("clashing_names");
    getClashingNames()
        .forEach(
            clash ->
                clashes
                    .addObject()
                    .put("name", clash.getName())
                    .put("problem", clash.getProblem()));
    return json;
  }

  /** Returns what {@link #toJson} was made from; what is not there is 0. */
  public static MatchAnalysis fromJson(JsonNode json) {
    return builder()
        .setRows(json.path("rows").asLong())
        .setNames(json.path("names").asLong())
        .setAvailable(json.path("available").asLong())
        .setMissing(json.path("missing").asLong())
        .setAmbiguous(json.path("ambiguous").asLong())
        .setClashes(json.path("clashes").asLong())
        .setBadNames(json.path("bad_names").asLong())
        .setUnanswered(json.path("unanswered").asLong())
        .setAlreadyDone(json.path("already_done").asLong())
        .setEarlier(json.path("from_download_state").asLong())
        .setBytesDone(json.path("bytes_done").asLong())
        .setToFetch(json.path("to_fetch").asLong())
        .setBytesToFetch(json.path("bytes_to_fetch").asLong())
        .setLookup(json.path("lookup").asText())
        .setListed(json.path("listed").asLong())
        .setRequests(json.path("requests").asLong())
        .setMissingNames(texts(json.path("missing_names")))
        .setAmbiguousNames(texts(json.path("ambiguous_names")))
        .setClashingNames(clashes(json.path("clashing_names")))
        .build();
  }

  private static List<ClashingName> clashes(JsonNode array) {
    List<ClashingName> clashes = new ArrayList<>();
    array.forEach(
        clash ->
            clashes.add(
                ClashingName.of(clash.path("name").asText(), clash.path("problem").asText())));
    return List.copyOf(clashes);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return List.copyOf(texts);
  }

  /**
   * Reads the analysis of a plan.
   *
   * @throws java.nio.file.NoSuchFileException if no plan was finished there
   */
  public static MatchAnalysis read(Destination destination, String folder) throws IOException {
    try (InputStream in = destination.open(folder + "/" + FILE)) {
      return fromJson(MAPPER.readTree(in));
    }
  }

  /** Writes the analysis of a plan, in place of one that is there. */
  public final void write(Destination destination, String folder) throws IOException {
    destination.put(
        folder + "/" + FILE, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(toJson()));
  }
}
