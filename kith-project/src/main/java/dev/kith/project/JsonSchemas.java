package dev.kith.project;

import dev.kith.project.FileShapes.FileShape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON Schemas (draft 2020-12) of the files of a project, for the completion and checks of editors.
 * Made of the shapes that files are checked against, so that the two agree.
 */
public final class JsonSchemas {

  private static final List<String> ANY_TEXT = List.of("string", "number", "boolean");

  private JsonSchemas() {}

  /**
   * The schemas by file name: {@code project.schema.json}, {@code source.schema.json}, {@code
   * table.schema.json} (of the settings comment), {@code profile.schema.json} and {@code
   * test.schema.json}.
   */
  public static Map<String, String> all() {
    Map<String, String> schemas = new LinkedHashMap<>();
    for (FileShape file : FileShapes.ALL) {
      Map<String, Object> schema = new LinkedHashMap<>();
      schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
      schema.put("title", "Kith: " + file.path());
      schema.put("description", plain(file.doc()));
      schema.putAll(schema(file.shape()));
      schemas.put(file.name() + ".schema.json", JsonText.of(schema));
    }
    return Collections.unmodifiableMap(schemas);
  }

  private static Map<String, Object> schema(Shape shape) {
    Map<String, Object> schema = new LinkedHashMap<>();
    if (shape instanceof Shape.Scalar scalar) {
      scalar(scalar.format(), schema);
    } else if (shape instanceof Shape.Choice choice) {
      schema.put("enum", choice.words());
    } else if (shape instanceof Shape.Nothing) {
      schema.put("type", "null");
    } else if (shape instanceof Shape.Items items) {
      items(items, schema);
    } else if (shape instanceof Shape.Named named) {
      schema.put("type", "object");
      named
          .key()
          .pattern()
          .ifPresent(pattern -> schema.put("propertyNames", Map.of("pattern", whole(pattern))));
      schema.put("additionalProperties", schema(named.value()));
    } else if (shape instanceof Shape.Keyed keyed) {
      keyed(keyed, schema);
    } else if (shape instanceof Shape.Either either) {
      schema.put("anyOf", either.shapes().stream().map(JsonSchemas::schema).toList());
    }
    return schema;
  }

  private static void scalar(Format format, Map<String, Object> schema) {
    switch (format) {
      case TRUTH -> schema.put("type", "boolean");
      case VERSION -> schema.put("const", 1);
      case TEXT, EXPRESSION, COLUMN, PATTERN -> schema.put("type", ANY_TEXT);
      case LITERAL -> schema.put("type", List.of("string", "number", "boolean", "null"));
      case SHARE -> schema.put("type", List.of("string", "number"));
      case COUNT, AMOUNT, ROWS, LOOKBACK, LIMIT, CHARACTER -> {
        schema.put("type", List.of("string", "integer"));
        schema.put("minimum", format == Format.COUNT ? 1 : 0);
      }
      case NAME,
          ENVIRONMENT,
          TABLE,
          FEATURE,
          TYPE,
          MOMENT,
          ZONE,
          WINDOW,
          SPAN,
          PAUSE,
          SIZE,
          ENCODING ->
          schema.put("type", "string");
    }
    if (format != Format.VERSION) {
      format.pattern().ifPresent(pattern -> schema.put("pattern", whole(pattern)));
    }
  }

  private static void items(Shape.Items items, Map<String, Object> schema) {
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("type", "array");
    list.put("items", schema(items.element()));
    if (items.alone()) {
      schema.put("anyOf", List.of(schema(items.element()), list));
    } else {
      schema.putAll(list);
    }
  }

  private static void keyed(Shape.Keyed keyed, Map<String, Object> schema) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Key key : keyed.keys()) {
      Map<String, Object> property = new LinkedHashMap<>();
      String assumed = key.assumed().map(text -> " Without it: " + text + ".").orElse("");
      property.put("description", plain(key.doc() + assumed));
      property.putAll(schema(key.shape()));
      properties.put(key.name(), property);
    }
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("additionalProperties", false);
    if (keyed.oneOnly()) {
      if (keyed.beside().isEmpty()) {
        schema.put("minProperties", 1);
        schema.put("maxProperties", 1);
      } else {
        schema.put(
            "oneOf",
            keyed.alternatives().stream()
                .map(key -> Map.of("required", List.of(key.name())))
                .toList());
      }
      return;
    }
    List<String> required = keyed.keys().stream().filter(Key::required).map(Key::name).toList();
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
  }

  private static String whole(String pattern) {
    return "^(?:" + pattern + ")$";
  }

  private static String plain(String markdown) {
    return markdown.replace("`", "");
  }
}
