package dev.kith.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kith.run.plan.ReaderChange.Difference;
import java.io.IOException;
import java.util.List;

/** What readers find changed of a table besides its rows, as JSON objects. */
final class SchemaDifferenceJson {

  private SchemaDifferenceJson() {}

  static void write(Difference difference, JsonGenerator json) throws IOException {
    json.writeStartObject();
    if (difference instanceof Difference.ColumnAdded added) {
      json.writeStringField("kind", "column_added");
      json.writeStringField("column", added.column().name());
      json.writeStringField("type", added.column().type().sql());
    } else if (difference instanceof Difference.ColumnRemoved removed) {
      json.writeStringField("kind", "column_removed");
      json.writeStringField("column", removed.column().name());
    } else if (difference instanceof Difference.ColumnRetyped retyped) {
      json.writeStringField("kind", "column_retyped");
      json.writeStringField("column", retyped.column());
      json.writeStringField("from", retyped.from().sql());
      json.writeStringField("to", retyped.to().sql());
    } else if (difference instanceof Difference.KeyChanged key) {
      json.writeStringField("kind", "key_changed");
      texts(json, "from", key.from());
      texts(json, "to", key.to());
    } else {
      json.writeStringField(
          "kind", difference instanceof Difference.TableAdded ? "table_added" : "table_removed");
    }
    json.writeEndObject();
  }

  private static void texts(JsonGenerator json, String field, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
