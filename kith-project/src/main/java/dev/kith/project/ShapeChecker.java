package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.Problems;
import dev.kith.model.SourceSpan;
import dev.kith.model.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares a file's values with their shape and reports every difference. What is left of a value
 * when all that is wrong has been taken out can be read without another look.
 */
final class ShapeChecker {

  /** The subject of a message about a whole file. */
  static final String FILE = "the file";

  private static final String KEY_OF = "a key of ";

  private final Problems problems;

  ShapeChecker(Problems problems) {
    this.problems = problems;
  }

  /** The value without what is wrong with it, or nothing if it is of another kind altogether. */
  Optional<YamlValue> check(YamlValue value, Shape shape, String subject) {
    if (shape instanceof Shape.Either either) {
      Optional<Shape> meant = either.meant(value);
      if (meant.isEmpty()) {
        wrongKind(value, shape, subject);
      }
      return meant.flatMap(one -> check(value, one, subject));
    }
    if (!Shape.fits(shape, value)) {
      wrongKind(value, shape, subject);
      return Optional.empty();
    }
    if (shape instanceof Shape.Scalar scalar) {
      return scalar((YamlValue.Scalar) value, scalar, subject);
    }
    if (shape instanceof Shape.Choice choice) {
      return choice((YamlValue.Scalar) value, choice, subject);
    }
    if (shape instanceof Shape.Items items) {
      return value instanceof YamlValue.Items list
          ? Optional.of(items(list, items, subject))
          : check(value, items.element(), subject);
    }
    if (shape instanceof Shape.Named named) {
      return Optional.of(named((YamlValue.Fields) value, named, subject));
    }
    if (shape instanceof Shape.Keyed keyed) {
      return Optional.of(keyed((YamlValue.Fields) value, keyed, subject));
    }
    return Optional.of(value);
  }

  private Optional<YamlValue> scalar(YamlValue.Scalar value, Shape.Scalar shape, String subject) {
    if (shape.format().accepts(value)) {
      return Optional.of(value);
    }
    notAccepted(value, shape, subject, shape.format().vocabulary());
    return Optional.empty();
  }

  private Optional<YamlValue> choice(YamlValue.Scalar value, Shape.Choice shape, String subject) {
    if (shape.words().contains(value.text())) {
      return Optional.of(value);
    }
    notAccepted(value, shape, subject, shape.words());
    return Optional.empty();
  }

  private YamlValue items(YamlValue.Items list, Shape.Items shape, String subject) {
    List<YamlValue> kept = new ArrayList<>();
    list.items().forEach(item -> check(item, shape.element(), subject).ifPresent(kept::add));
    return new YamlValue.Items(kept, list.span());
  }

  private YamlValue named(YamlValue.Fields value, Shape.Named shape, String subject) {
    List<YamlValue.Field> kept = new ArrayList<>();
    for (YamlValue.Field field : value.fields()) {
      Optional<YamlValue> key =
          scalar(field.key(), new Shape.Scalar(shape.key()), KEY_OF + "'" + subject + "'");
      Optional<YamlValue> checked = check(field.value(), shape.value(), field.key().text());
      if (key.isPresent() && checked.isPresent()) {
        kept.add(new YamlValue.Field(field.key(), checked.get()));
      }
    }
    return new YamlValue.Fields(kept, Set.of(), value.span());
  }

  private YamlValue keyed(YamlValue.Fields value, Shape.Keyed shape, String subject) {
    List<YamlValue.Field> kept = new ArrayList<>();
    Set<String> meant = new HashSet<>();
    for (YamlValue.Field field : value.fields()) {
      String name = field.key().text();
      Optional<Key> key = shape.key(name);
      if (key.isEmpty()) {
        unknownKey(field.key(), shape);
        Suggestion.nearest(name, shape.names()).ifPresent(meant::add);
        continue;
      }
      if (key.get().standing() == Key.Standing.LATER) {
        problems.add(
            Diagnostic.warning(
                ProjectCode.NOT_YET,
                field.key().span(),
                "'" + name + "' does nothing in this version of Kith"));
      }
      check(field.value(), key.get().shape(), name)
          .ifPresent(checked -> kept.add(new YamlValue.Field(field.key(), checked)));
    }
    for (Key key : shape.keys()) {
      boolean isThere = value.isGiven(key.name()) || meant.contains(key.name());
      if (key.required() && !shape.oneOnly() && !isThere) {
        problems.add(
            Diagnostic.error(
                ProjectCode.MISSING_KEY,
                start(value.span()),
                "the key '" + key.name() + "' is missing" + in(subject)));
      }
    }
    if (shape.oneOnly() && alternatives(value, shape) != 1) {
      String beside =
          shape.beside().isEmpty() ? "" : " beside " + String.join(", ", shape.beside());
      problems.add(
          Diagnostic.error(
              ProjectCode.WRONG_KIND,
              start(value.span()),
              subject(subject) + " must hold exactly one key" + beside,
              "the keys are "
                  + shape.alternatives().stream()
                      .map(Key::name)
                      .collect(Collectors.joining(", "))));
    }
    Set<String> faulty =
        value.fields().stream().map(field -> field.key().text()).collect(Collectors.toSet());
    kept.forEach(field -> faulty.remove(field.key().text()));
    return new YamlValue.Fields(kept, faulty, value.span());
  }

  private static long alternatives(YamlValue.Fields value, Shape.Keyed shape) {
    return value.fields().stream()
        .filter(field -> !shape.beside().contains(field.key().text()))
        .count();
  }

  private void unknownKey(YamlValue.Scalar key, Shape.Keyed shape) {
    String name = key.text();
    Shape.Refusal refusal = shape.refused().get(name);
    if (refusal != null) {
      problems.add(Diagnostic.error(refusal.code(), key.span(), refusal.message(), refusal.help()));
      return;
    }
    problems.add(
        Diagnostic.error(
            ProjectCode.UNKNOWN_KEY,
            key.span(),
            "unknown key '" + name + "'",
            Suggestion.didYouMean(name, shape.names())
                .orElse("the keys here are " + String.join(", ", shape.names()))));
  }

  private void wrongKind(YamlValue value, Shape shape, String subject) {
    Diagnostic found =
        Diagnostic.error(
            ProjectCode.WRONG_KIND,
            start(value.span()),
            subject(subject) + " must be " + shape.expected() + ", not " + value.kind());
    String keys =
        (shape instanceof Shape.Either either ? either.shapes() : List.of(shape))
            .stream()
                .filter(Shape.Keyed.class::isInstance)
                .map(keyed -> "'" + ((Shape.Keyed) keyed).names().get(0) + ": ...'")
                .collect(Collectors.joining(" or "));
    problems.add(keys.isEmpty() ? found : found.withHelp("such as " + keys));
  }

  private void notAccepted(
      YamlValue.Scalar value, Shape shape, String subject, Collection<String> words) {
    Diagnostic found =
        Diagnostic.error(
            ProjectCode.NOT_ACCEPTED,
            value.span(),
            subject(subject) + " must be " + shape.expected() + ": '" + value.text() + "'");
    boolean isQuotedTruth = value.text().equals("true") || value.text().equals("false");
    problems.add(
        isQuotedTruth && shape.equals(CommonKeys.TRUTH)
            ? found.withHelp("write it without quotes")
            : Suggestion.didYouMean(value.text(), words).map(found::withHelp).orElse(found));
  }

  private static String subject(String name) {
    return name.startsWith(KEY_OF) || name.equals(FILE) ? name : "'" + name + "'";
  }

  private static String in(String subject) {
    return subject.equals(FILE) ? "" : " in '" + subject + "'";
  }

  private static SourceSpan start(SourceSpan span) {
    return SourceSpan.at(span.file(), span.line(), span.column());
  }
}
