package org.cytobeam.pipelines.options;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of a file that a command line names as {@code @file}.
 *
 * <p>Words are split at white space and line breaks as a shell does it: single quotes keep all that
 * they enclose, double quotes all but a backslash before a double quote or a backslash, and
 * elsewhere a backslash keeps the next character. A {@code #} where a word would begin starts a
 * comment that ends with the line.
 */
final class ArgumentFile {

  private static final long LARGEST_BYTES = 1 << 20;

  private final String text;
  private final List<String> words = new ArrayList<>();
  private int at;

  private ArgumentFile(String text) {
    this.text = text;
  }

  /**
   * Returns the words of a file.
   *
   * @param name the file's path, relative to the working directory
   * @throws MistakesException if it can't be read, is too large, is no UTF-8 or leaves a quote open
   */
  static List<String> words(String name) throws MistakesException {
    try {
      Path file = Path.of(name);
      if (Files.size(file) > LARGEST_BYTES) {
        throw mistake(name, "is too large", "a file of options has at most 1 MiB");
      }
      return split(name, Files.readString(file).replace("\r\n", "\n"));
    } catch (NoSuchFileException e) {
      throw mistake(name, "is not there", "give a file relative to the working directory");
    } catch (CharacterCodingException e) {
      throw mistake(name, "is not text in UTF-8", "save it as such");
    } catch (IOException | InvalidPathException e) {
      throw mistake(name, "can't be read", "give a file of text that you may read");
    }
  }

  private static List<String> split(String name, String text) throws MistakesException {
    ArgumentFile file = new ArgumentFile(text.startsWith("\uFEFF") ? text.substring(1) : text);
    if (!file.split()) {
      throw mistake(name, "has a quote that isn't closed", "close it, or put a \\ before it");
    }
    return file.words;
  }

  private static MistakesException mistake(String name, String problem, String mend) {
    return new MistakesException(List.of(Mistake.at("@" + name, problem, mend)));
  }

  private boolean split() {
    while (at < text.length()) {
      char next = text.charAt(at);
      if (Character.isWhitespace(next)) {
        at++;
      } else if (next == '#') {
        skipLine();
      } else if (text.startsWith("\\\n", at)) {
        at += 2;
      } else if (!readWord()) {
        return false;
      }
    }
    return true;
  }

  private void skipLine() {
    while (at < text.length() && text.charAt(at) != '\n') {
      at++;
    }
  }

  private boolean readWord() {
    StringBuilder word = new StringBuilder();
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      char next = text.charAt(at++);
      if (next == '\'' || next == '"') {
        if (!readQuoted(next, word)) {
          return false;
        }
      } else if (next == '\\' && at < text.length()) {
        readEscaped(word);
      } else {
        word.append(next);
      }
    }
    words.add(word.toString());
    return true;
  }

  private void readEscaped(StringBuilder word) {
    char next = text.charAt(at++);
    if (next != '\n') {
      word.append(next);
    }
  }

  private boolean readQuoted(char quote, StringBuilder word) {
    while (at < text.length()) {
      char next = text.charAt(at++);
      if (next == quote) {
        return true;
      }
      boolean escapes = quote == '"' && next == '\\' && at < text.length();
      if (escapes && (text.charAt(at) == '"' || text.charAt(at) == '\\')) {
        next = text.charAt(at++);
      }
      word.append(next);
    }
    return false;
  }
}
