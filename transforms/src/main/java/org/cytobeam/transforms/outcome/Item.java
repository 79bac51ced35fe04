package org.cytobeam.transforms.outcome;

import com.google.auto.value.AutoValue;
import java.util.Map;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.cytobeam.io.secrets.Redaction;

/** One thing to fetch and write: what the rows of all tables are about. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class Item {

  /** Returns the path of the output relative to the output folder: unique in a folder. */
  public abstract String getId();

  /**
   * Returns the address of the source as the table gives it, made absolute. It may have a signature
   * or a password in it: no table, log or message gets it as it is.
   */
  public abstract String getUri();

  /** Returns where the item was asked for: table and line. */
  public abstract String getInput();

  /** Returns what identifies the item in its field (plate, well, channel …), as text. */
  public abstract Map<String, String> getKeys();

  /** Returns an item; the keys are copied. */
  @SchemaCreate
  public static Item of(String id, String uri, String input, Map<String, String> keys) {
    return new AutoValue_Item(id, uri, input, CompactMap.ofTexts(keys));
  }

  /**
   * Returns the item as all tables have it: with the address that may be shown, which stays the
   * same when the address is signed anew.
   */
  final Item withoutSecrets() {
    String shown = Redaction.ofAddress(getUri());
    return shown.equals(getUri())
        ? this
        : new AutoValue_Item(getId(), shown, getInput(), getKeys());
  }

  /**
   * Returns one of the keys.
   *
   * @throws IllegalArgumentException if the item has no such key
   */
  public final String key(String name) {
    String value = getKeys().get(name);
    if (value == null) {
      throw new IllegalArgumentException(getId() + " has no key " + name + " among " + getKeys());
    }
    return value;
  }
}
