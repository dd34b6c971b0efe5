package dev.kith.project;

import dev.kith.model.DiagnosticCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a part of a definition file looks like. The one description that files are checked against,
 * that the JSON Schemas for editors are made of, and the reference of settings.
 */
sealed interface Shape {

  /** As it follows "must be". */
  String expected();

  /** One value. */
  record Scalar(Format format) implements Shape {
    @Override
    public String expected() {
      return format.what();
    }
  }

  /** One of these words. */
  record Choice(List<String> words) implements Shape {
    public Choice {
      words = List.copyOf(words);
    }

    @Override
    public String expected() {
      return words.size() == 1
          ? words.get(0)
          : String.join(", ", words.subList(0, words.size() - 1))
              + " or "
              + words.get(words.size() - 1);
    }
  }

  /** Not looked at. */
  record Anything() implements Shape {
    @Override
    public String expected() {
      return "anything";
    }
  }

  /** Nothing behind the key. */
  record Nothing() implements Shape {
    @Override
    public String expected() {
      return "nothing";
    }
  }

  /**
   * A list.
   *
   * @param alone whether a single element may stand without brackets
   */
  record Items(Shape element, boolean alone) implements Shape {
    @Override
    public String expected() {
      String list = "a list" + (element instanceof Keyed ? "" : " (" + element.expected() + ")");
      return alone ? element.expected() + ", or a list" : list;
    }
  }

  /** Keys that the author chooses, each with such a value. */
  record Named(Format key, Shape value) implements Shape {
    @Override
    public String expected() {
      return "keys and values";
    }
  }

  /**
   * Keys that are given.
   *
   * @param title what the reference calls it
   * @param oneOnly whether exactly one of the keys stands there, apart from those in {@code beside}
   * @param beside names of keys that may accompany the one
   * @param refused keys that somebody may well try, and why they are refused
   */
  record Keyed(
      String title,
      List<Key> keys,
      boolean oneOnly,
      Set<String> beside,
      Map<String, Refusal> refused)
      implements Shape {
    public Keyed {
      keys = List.copyOf(keys);
      beside = Collections.unmodifiableSet(new LinkedHashSet<>(beside));
      refused = Map.copyOf(refused);
    }

    static Keyed of(String title, Key... keys) {
      return new Keyed(title, List.of(keys), false, Set.of(), Map.of());
    }

    /** One of the keys, and no more. */
    static Keyed oneOf(String title, Key... keys) {
      return new Keyed(title, List.of(keys), true, Set.of(), Map.of());
    }

    /** The same, where further keys may accompany the one. */
    Keyed beside(Key... companions) {
      List<Key> all = new ArrayList<>(keys);
      Set<String> names = new LinkedHashSet<>();
      for (Key companion : companions) {
        all.add(companion);
        names.add(companion.name());
      }
      return new Keyed(title, all, oneOnly, names, refused);
    }

    /** The keys of which one only may stand there, or all. */
    List<Key> alternatives() {
      return keys.stream().filter(key -> !beside.contains(key.name())).toList();
    }

    Keyed refusing(String key, DiagnosticCode code, String message, String help) {
      Map<String, Refusal> more = new LinkedHashMap<>(refused);
      more.put(key, new Refusal(code, message, help));
      return new Keyed(title, keys, oneOnly, beside, more);
    }

    Optional<Key> key(String name) {
      return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    List<String> names() {
      return keys.stream().map(Key::name).toList();
    }

    @Override
    public String expected() {
      return "keys and values";
    }
  }

  /** Any one of these; which, can be told by the kind of the value and its required keys. */
  record Either(List<Shape> shapes) implements Shape {
    public Either {
      shapes = List.copyOf(shapes);
    }

    @Override
    public String expected() {
      return shapes.stream()
          .filter(shape -> !(shape instanceof Nothing))
          .map(Shape::expected)
          .distinct()
          .collect(Collectors.joining(", or "));
    }

    /** The alternative that the value was meant as, if any is of its kind. */
    Optional<Shape> meant(YamlValue value) {
      List<Shape> candidates = shapes.stream().filter(shape -> Shape.fits(shape, value)).toList();
      if (value instanceof YamlValue.Fields fields) {
        Optional<Shape> told =
            candidates.stream()
                .filter(
                    shape ->
                        shape instanceof Keyed keyed
                            && keyed.keys().stream()
                                .anyMatch(key -> key.required() && fields.isGiven(key.name())))
                .findFirst();
        return told.or(() -> candidates.stream().filter(Named.class::isInstance).findFirst())
            .or(() -> candidates.stream().findFirst());
      }
      return candidates.stream().findFirst();
    }
  }

  /** Whether the value is of the shape's kind, whatever it says. */
  static boolean fits(Shape shape, YamlValue value) {
    if (shape instanceof Anything) {
      return true;
    }
    if (shape instanceof Either either) {
      return either.shapes().stream().anyMatch(one -> fits(one, value));
    }
    if (value instanceof YamlValue.Scalar scalar && scalar.isNull()) {
      return shape instanceof Nothing
          || (shape instanceof Scalar literal && literal.format() == Format.LITERAL)
          || (shape instanceof Items items && items.alone() && fits(items.element(), value));
    }
    if (shape instanceof Nothing) {
      return false;
    }
    if (shape instanceof Scalar || shape instanceof Choice) {
      return value instanceof YamlValue.Scalar;
    }
    if (shape instanceof Items items) {
      return value instanceof YamlValue.Items || (items.alone() && fits(items.element(), value));
    }
    return value instanceof YamlValue.Fields;
  }

  /** Why a key that somebody may well try is refused. */
  record Refusal(DiagnosticCode code, String message, String help) {}
}
