package dev.kith.project;

import dev.kith.model.Located;
import dev.kith.model.SourceSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A checked value together with its shape. A reader may ask only for keys that the shape has: what
 * is read and what is documented cannot drift apart.
 */
final class Part {

  private final YamlValue value;
  private final Shape shape;
  private final Set<String> asked;

  private Part(YamlValue value, Shape shape, Set<String> asked) {
    this.value = value;
    this.shape =
        shape instanceof Shape.Either either
            ? either.meant(value).orElseThrow(() -> new IllegalStateException("Not checked"))
            : shape;
    this.asked = asked;
  }

  static Part of(YamlValue checked, Shape shape) {
    return new Part(checked, shape, new TreeSet<>());
  }

  /** What readers have asked for below here, as {@code title.key}. */
  Set<String> asked() {
    return asked;
  }

  SourceSpan span() {
    return value.span();
  }

  boolean isScalar() {
    return value instanceof YamlValue.Scalar scalar && !scalar.isNull();
  }

  /** Whether this is the alternative with given keys. */
  boolean isKeyed() {
    return shape instanceof Shape.Keyed;
  }

  /** Of the keys that may stand here. */
  String title() {
    return shape instanceof Shape.Keyed keyed ? keyed.title() : "";
  }

  Located<String> text() {
    YamlValue.Scalar scalar = (YamlValue.Scalar) value;
    return new Located<>(scalar.text(), scalar.span());
  }

  /** The value as it is written, where the shape leaves it open. */
  YamlValue anything() {
    return value;
  }

  /** The elements of a list, or a value that stands for a list of one. */
  List<Part> items() {
    Shape.Items items = (Shape.Items) shape;
    return value instanceof YamlValue.Items list
        ? list.items().stream().map(item -> new Part(item, items.element(), asked)).toList()
        : List.of(new Part(value, items.element(), asked));
  }

  /** The keys and values of a part whose keys the author chose. */
  Map<Located<String>, Part> entries() {
    Shape.Named named = (Shape.Named) shape;
    Map<Located<String>, Part> entries = new LinkedHashMap<>();
    for (YamlValue.Field field : ((YamlValue.Fields) value).fields()) {
      entries.put(
          new Located<>(field.key().text(), field.key().span()),
          new Part(field.value(), named.value(), asked));
    }
    return entries;
  }

  Optional<Part> part(String key) {
    if (!(shape instanceof Shape.Keyed keyed)) {
      return Optional.empty();
    }
    Key known =
        keyed.key(key).orElseThrow(() -> new IllegalStateException("No key in shape: " + key));
    asked.add(keyed.title() + "." + key);
    return ((YamlValue.Fields) value)
        .field(key)
        .map(field -> new Part(field.value(), known.shape(), asked));
  }

  boolean has(String key) {
    return part(key).isPresent();
  }

  /** Whether the key is written, be its value right or wrong. */
  boolean isGiven(String key) {
    return has(key) || (value instanceof YamlValue.Fields fields && fields.isGiven(key));
  }

  /** Where the key is written, or else where the keys begin. */
  SourceSpan spanOfKey(String key) {
    return value instanceof YamlValue.Fields fields
        ? fields.field(key).map(field -> field.key().span()).orElse(span())
        : span();
  }

  Optional<Located<String>> text(String key) {
    return part(key).map(Part::text);
  }

  Optional<String> string(String key) {
    return text(key).map(Located::value);
  }

  boolean flag(String key) {
    return string(key).map(text -> text.equalsIgnoreCase("true")).orElse(false);
  }

  List<Located<String>> texts(String key) {
    return part(key).map(Part::texts).orElse(List.of());
  }

  List<Located<String>> texts() {
    return items().stream().map(Part::text).toList();
  }

  List<Part> items(String key) {
    return part(key).map(Part::items).orElse(new ArrayList<>());
  }

  Map<Located<String>, Part> entries(String key) {
    return part(key).map(Part::entries).orElse(Map.of());
  }
}
