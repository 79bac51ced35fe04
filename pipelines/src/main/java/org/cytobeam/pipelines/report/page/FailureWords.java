package org.cytobeam.pipelines.report.page;

import java.util.stream.Collectors;
import org.cytobeam.pipelines.report.model.FailureGroup;
import org.cytobeam.pipelines.report.model.FailureGroup.FailureRow;
import org.cytobeam.pipelines.text.Quantity;
import org.cytobeam.transforms.outcome.FailureClass;

/**
 * What a class of failures means, for the owner of the data.
 *
 * @param expected what should have been there
 * @param meaning what was found, as a sentence
 */
public record FailureWords(String expected, String meaning) {

  private static final String WHOLE_IMAGE = "a whole, readable image";
  private static final String ANSWER = "an answer of the source";

  /** Returns the words for a class. */
  public static FailureWords of(FailureClass failureClass) {
    return switch (failureClass) {
      case MISSING ->
          words("an object at this address, or of this name", "There is no such object.");
      case DENIED -> words("an object that may be read", "The source refuses to give the object.");
      case TRUNCATED -> words(WHOLE_IMAGE, "The object ends before it should.");
      case UNDECODABLE ->
          words(WHOLE_IMAGE, "The bytes contradict themselves or their format: damaged.");
      case UNSUPPORTED ->
          words(
              "an image of a kind that is read here",
              "The file may be sound, but is of another kind.");
      case TOO_LARGE ->
          words("an image within the limits", "The object is larger than the limits allow.");
      case ZERO_FILLED ->
          words(
              WHOLE_IMAGE,
              "The object has its length, and every byte is 0: the stored copy is lost.");
      case NOT_AN_IMAGE ->
          words(WHOLE_IMAGE, "The bytes are of another kind: a web page, text, another format.");
      case WRONG_SIZE ->
          words("an image of the expected size", "The image has another width or height.");
      case TIMEOUT -> words(ANSWER, "The source did not answer, or stopped answering, in time.");
      case THROTTLED ->
          words(ANSWER, "The source asked for fewer requests until the tries were used up.");
      case UNREACHABLE -> words(ANSWER, "The source could not be reached, or broke off.");
      case SOURCE_ERROR -> words(ANSWER, "The source answered with an error.");
      case CHANGED -> words("one version of the object", "The object changed while it was read.");
      case CHECKSUM ->
          words("the bytes that the source's checksum is of", "The bytes are not those.");
      case BAD_NAME -> words("values that can be a file's name", "A name can't be that of a file.");
      case BAD_ROW -> words("a whole row", "A row of the table can't be understood.");
      case UNWRITABLE ->
          words(
              "a file that can be written",
              "One file could not be written, though the folder takes others.");
      case CHALLENGED ->
          words(ANSWER, "The source wants a browser's proof before it gives the object.");
      case AMBIGUOUS -> words("one object", "Several objects fit the name.");
    };
  }

  private static FailureWords words(String expected, String meaning) {
    return new FailureWords(expected, meaning);
  }

  /** Returns whether trying again may help, in words. */
  public static String outlook(FailureClass failureClass) {
    return failureClass.retryable() ? "may pass: run it again" : "stays until someone mends it";
  }

  /** Returns a group as a text that can be sent to the owners of the data. */
  public static String plainText(FailureGroup group, String noun) {
    FailureWords words = of(group.failureClass());
    String all = Quantity.of(group.count(), noun);
    String shown =
        group.rows().size() < group.count()
            ? " (the first " + group.rows().size() + " follow)"
            : "";
    return group.failureClass().label()
        + ": "
        + all
        + shown
        + "\nExpected: "
        + words.expected()
        + ".\nFound:    "
        + words.meaning()
        + "\n\n"
        + group.rows().stream()
            .map(row -> where(row) + "\n    " + oneLine(row.found()) + "\n")
            .collect(Collectors.joining());
  }

  /** Returns the address with the input row, or either alone: a row may have no usable address. */
  private static String where(FailureRow row) {
    String input = oneLine(row.input());
    if (row.object().isEmpty()) {
      return input.isEmpty() ? "(no address)" : input;
    }
    return oneLine(row.object()) + (input.isEmpty() ? "" : " (" + input + ")");
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }
}
