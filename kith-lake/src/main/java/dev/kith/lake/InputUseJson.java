package dev.kith.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** What was used of inputs as JSON: {@code {"orders": {"meaning": "…", "rows": {"lines": 1}}}}. */
final class InputUseJson {

  private InputUseJson() {}

  static ObjectNode write(Map<String, InputUse> uses) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    uses.forEach(
        (input, use) -> {
          ObjectNode node = root.putObject(input).put("meaning", use.meaning());
          use.rows().forEach(node.putObject("rows")::put);
        });
    return root;
  }

  static Map<String, InputUse> read(JsonNode root) {
    Map<String, InputUse> uses = new TreeMap<>();
    root.properties()
        .forEach(
            input -> {
              Map<String, Long> rows = new TreeMap<>();
              input
                  .getValue()
                  .path("rows")
                  .properties()
                  .forEach(each -> rows.put(each.getKey(), each.getValue().asLong()));
              uses.put(
                  input.getKey(), new InputUse(input.getValue().path("meaning").asText(), rows));
            });
    return uses;
  }
}
