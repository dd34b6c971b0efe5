package dev.kith.project;

import dev.kith.model.SourceSpan;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A value of a YAML file, and where it is written. Of duplicate keys only the first is here. */
sealed interface YamlValue {

  SourceSpan span();

  /** What it is, for messages: "a list". */
  String kind();

  /**
   * Text, or what YAML takes for a number, a truth value or nothing.
   *
   * @param text as written, without quotes; {@code 1.10} stays {@code 1.10}
   */
  record Scalar(String text, Type type, SourceSpan span) implements YamlValue {

    @Override
    public String kind() {
      return switch (type) {
        case TEXT -> "text";
        case NUMBER -> "a number";
        case TRUTH -> "true or false";
        case NULL -> "nothing";
      };
    }

    /** Whether nothing is written, or {@code null} or {@code ~}. */
    boolean isNull() {
      return type == Type.NULL;
    }
  }

  /** What YAML 1.2 takes a scalar for: {@code no} and dates are text. */
  enum Type {
    TEXT,
    NUMBER,
    TRUTH,
    NULL
  }

  /** A list. */
  record Items(List<YamlValue> items, SourceSpan span) implements YamlValue {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /**
   * Keys and values in the order written.
   *
   * @param faulty keys whose values were taken out because they are wrong
   */
  record Fields(List<Field> fields, Set<String> faulty, SourceSpan span) implements YamlValue {
    public Fields {
      fields = List.copyOf(fields);
      faulty = Set.copyOf(faulty);
    }

    @Override
    public String kind() {
      return "keys and values";
    }

    Optional<Field> field(String key) {
      return fields.stream().filter(field -> field.key().text().equals(key)).findFirst();
    }

    /** Whether the key is written, be its value right or wrong. */
    boolean isGiven(String key) {
      return field(key).isPresent() || faulty.contains(key);
    }
  }

  /** A key and its value. */
  record Field(Scalar key, YamlValue value) {}
}
