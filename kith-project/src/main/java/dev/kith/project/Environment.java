package dev.kith.project;

import dev.kith.model.Diagnostic;
import dev.kith.model.Located;
import dev.kith.model.Problems;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts environment variables into texts. Their values never get into a message. */
final class Environment {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

  private final Function<String, Optional<String>> variables;
  private final Problems problems;

  Environment(Function<String, Optional<String>> variables, Problems problems) {
    this.variables = variables;
    this.problems = problems;
  }

  /** The text with each {@code ${NAME}} replaced; a variable that is not set is reported. */
  String substitute(Located<String> text) {
    Matcher matcher = VARIABLE.matcher(text.value());
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1);
      Optional<String> value = name.isEmpty() ? Optional.empty() : variables.apply(name);
      if (value.isEmpty()) {
        problems.add(
            Diagnostic.error(
                ProjectCode.MISSING_VARIABLE,
                text.span(),
                name.isEmpty()
                    ? "'${}' names no environment variable"
                    : "the environment variable '" + name + "' is not set",
                name.isEmpty() ? "write '${NAME}'" : "set it before you start Kith"));
      }
      matcher.appendReplacement(result, Matcher.quoteReplacement(value.orElse("")));
    }
    return matcher.appendTail(result).toString();
  }
}
