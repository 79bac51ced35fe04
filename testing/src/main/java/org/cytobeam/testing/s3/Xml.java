package org.cytobeam.testing.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Writes, and picks values out of, the flat XML documents of the S3 protocol. */
final class Xml {

  private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

  private final String root;
  private final StringBuilder content = new StringBuilder();

  Xml(String root) {
    this.root = root;
  }

  /** Adds an element with text. */
  Xml text(String name, Object value) {
    content.append('<').append(name).append('>');
    content.append(escape(value.toString()));
    content.append("</").append(name).append('>');
    return this;
  }

  /** Adds an element with the content of another document. */
  Xml child(Xml child) {
    content.append('<').append(child.root).append('>');
    content.append(child.content);
    content.append("</").append(child.root).append('>');
    return this;
  }

  byte[] bytes() {
    String open = root.equals("Error") ? "<Error>" : "<" + root + " xmlns=\"" + NAMESPACE + "\">";
    return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + open + content + "</" + root + ">")
        .getBytes(UTF_8);
  }

  /** Returns the texts of all elements with a name, in the order of the document. */
  static List<String> texts(byte[] document, String name) throws S3Exception {
    XMLInputFactory factory = XMLInputFactory.newInstance();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    List<String> texts = new ArrayList<>();
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(document));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT
            && reader.getLocalName().equals(name)) {
          texts.add(reader.getElementText());
        }
      }
    } catch (XMLStreamException e) {
      throw new S3Exception(S3Error.INVALID_ARGUMENT);
    }
    return texts;
  }

  /** Escapes also the control characters, which XML 1.0 has no way to carry otherwise. */
  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c < ' ' || c == '&' || c == '<' || c == '>' || c == '"') {
                escaped.append("&#").append(c).append(';');
              } else {
                escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }
}
