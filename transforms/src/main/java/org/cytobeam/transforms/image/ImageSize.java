package org.cytobeam.transforms.image;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of an image in pixels.
 *
 * @param width columns
 * @param height rows
 */
public record ImageSize(int width, int height) implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,8})[x×]([1-9][0-9]{0,8})");

  /**
   * Reads a size written as {@code 1080x1080}, the width first.
   *
   * @throws IllegalArgumentException if it is not written so
   */
  public static ImageSize parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a size such as 1080x1080: \"" + text + "\"");
    }
    return new ImageSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
