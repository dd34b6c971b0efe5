package dev.kith.run.testing;

import dev.kith.model.KithException;
import dev.kith.model.Suggestion;
import dev.kith.model.definition.TestDefinition;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the tests that somebody asks for. */
public final class TestSelection {

  private TestSelection() {}

  /**
   * The tests of these names or files, in the order of the project; all if no name is given. A name
   * is that of a test or a part of it, without regard to case, or that of a file, with or without
   * {@code tests/} and {@code .yaml}.
   *
   * @throws KithException of category usage if a name means no test
   */
  public static List<TestDefinition> of(List<TestDefinition> tests, List<String> names) {
    if (names.isEmpty()) {
      return tests;
    }
    Set<TestDefinition> selected = new LinkedHashSet<>();
    for (String name : names) {
      List<TestDefinition> meant = tests.stream().filter(test -> isMeant(test, name)).toList();
      if (meant.isEmpty()) {
        throw unknown(tests, name);
      }
      selected.addAll(meant);
    }
    return tests.stream().filter(selected::contains).toList();
  }

  private static boolean isMeant(TestDefinition test, String name) {
    String path = name.replace('\\', '/');
    return stem(test.file()).equals(stem(path))
        || test.name().value().toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT));
  }

  private static String stem(String path) {
    String inside = path.startsWith("tests/") ? path.substring("tests/".length()) : path;
    return inside.endsWith(".yaml")
        ? inside.substring(0, inside.length() - ".yaml".length())
        : inside;
  }

  private static KithException unknown(List<TestDefinition> tests, String name) {
    List<String> names =
        tests.stream()
            .flatMap(test -> Stream.of(test.name().value(), stem(test.file())))
            .distinct()
            .toList();
    return KithException.usage(TestCode.UNKNOWN_TEST, name, "Cannot find a test named: " + name)
        .withHelp(
            Suggestion.didYouMean(name, names)
                .orElse(
                    names.isEmpty()
                        ? "this project has none; they are in tests/*.yaml"
                        : "a test's name, a part of it, or a file in tests/"));
  }
}
