package org.cytobeam.transforms.images;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * Reads one {@link DownloadState}, of whose every byte it is not sure; in little memory, however
 * long it is.
 */
final class DownloadStateReader {

  /** Longer than any key of S3's, which has 1,024 bytes. */
  private static final int LONGEST_TEXT = 8_192;

  private static final int DEEPEST = 16;
  private static final int LONGEST_NUMBER = 1_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxStringLength(LONGEST_TEXT)
                  .build())
          .build();

  /** Is given the names of the lists, one at a time. */
  @FunctionalInterface
  interface Names {
    void add(String list, String name);
  }

  private final Names names;
  private @Nullable String startTime;
  private @Nullable String lastUpdate;
  private @Nullable String writtenBy;

  private DownloadStateReader(Names names) {
    this.names = names;
  }

  /** Reads a state whose lists are then empty, for their names have been handed on. */
  static DownloadState read(InputStream in, Names names) throws IOException {
    DownloadStateReader state = new DownloadStateReader(names);
    try (JsonParser json = JSON.createParser(in)) {
      state.readObject(json);
    } catch (JsonProcessingException e) {
      throw new DownloadStateException(place(e) + e.getOriginalMessage(), e);
    } catch (CharConversionException e) {
      throw new DownloadStateException("it is no UTF-8: " + e.getMessage(), e);
    }
    return new DownloadState(
        Collections.emptySortedSet(),
        Collections.emptySortedSet(),
        Collections.emptySortedSet(),
        state.startTime,
        state.lastUpdate,
        state.writtenBy);
  }

  private static String place(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    return at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
  }

  private void readObject(JsonParser json) throws IOException {
    require(json, json.nextToken(), JsonToken.START_OBJECT, "it is no JSON object");
    for (String member = json.nextFieldName(); member != null; member = json.nextFieldName()) {
      json.nextToken();
      readMember(json, member);
    }
    if (json.nextToken() != null) {
      throw fault(json, "something follows the JSON object");
    }
  }

  private void readMember(JsonParser json, String member) throws IOException {
    switch (member) {
      case DownloadState.DOWNLOADED, DownloadState.FAILED, DownloadState.SKIPPED ->
          readNames(json, member);
      case DownloadState.START_TIME -> startTime = text(json, member);
      case DownloadState.LAST_UPDATE -> lastUpdate = text(json, member);
      case DownloadState.WRITTEN_BY -> writtenBy = text(json, member);
      default -> json.skipChildren();
    }
  }

  private void readNames(JsonParser json, String member) throws IOException {
    require(json, json.currentToken(), JsonToken.START_ARRAY, member + " is no list");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      require(json, json.currentToken(), JsonToken.VALUE_STRING, member + " has what is no text");
      names.add(member, json.getText());
    }
  }

  private static @Nullable String text(JsonParser json, String member) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    require(json, json.currentToken(), JsonToken.VALUE_STRING, member + " is no text");
    return json.getText();
  }

  private static void require(
      JsonParser json, @Nullable JsonToken found, JsonToken wanted, String otherwise)
      throws DownloadStateException {
    if (found != wanted) {
      throw fault(json, otherwise);
    }
  }

  private static DownloadStateException fault(JsonParser json, String what) {
    return new DownloadStateException(
        "line " + json.currentLocation().getLineNr() + ": " + what, null);
  }
}
