package dev.kith.run.plan;

import dev.kith.model.KithException;
import dev.kith.model.Suggestion;
import dev.kith.model.TableName;
import dev.kith.run.fault.RunCode;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.Node;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which tables of a project are meant: those that some term of {@code included} names, or all where
 * there is none, without those that a term of {@code excluded} names.
 *
 * <p>A term is a name, a pattern with {@code *}, {@code tag:NAME} or {@code owner:NAME}; {@code +}
 * before it adds all that the tables are made of, {@code +} behind it all that reads them.
 */
public record Selection(List<String> included, List<String> excluded) {

  public static final Selection ALL = new Selection(List.of(), List.of());

  public Selection {
    included = List.copyOf(included);
    excluded = List.copyOf(excluded);
  }

  public boolean isAll() {
    return included.isEmpty() && excluded.isEmpty();
  }

  /**
   * The names that are meant, in the order of building.
   *
   * @throws KithException of category usage if a term names nothing
   */
  public Set<TableName> of(Blueprint blueprint) {
    Set<TableName> chosen = new LinkedHashSet<>();
    if (included.isEmpty()) {
      chosen.addAll(blueprint.names());
    }
    included.forEach(term -> chosen.addAll(names(term, blueprint)));
    excluded.forEach(term -> chosen.removeAll(names(term, blueprint)));
    Set<TableName> ordered = new LinkedHashSet<>(blueprint.names());
    ordered.retainAll(chosen);
    return ordered;
  }

  /**
   * Passes if everything that a table reads can be read.
   *
   * @throws KithException with {@link RunCode#NOT_SELECTED}
   */
  public static void requireInputs(Node node, Predicate<TableName> isThere) {
    for (TableName input : node.inputs()) {
      if (!isThere.test(input)) {
        throw KithException.usage(
                RunCode.NOT_SELECTED,
                node.name().toString(),
                "Cannot build '"
                    + node.name()
                    + "': it reads '"
                    + input
                    + "', which was never published and is not selected")
            .withHelp("select it too: --select +" + node.name());
      }
    }
  }

  private static Set<TableName> names(String term, Blueprint blueprint) {
    boolean upstream = term.startsWith("+");
    boolean downstream = term.length() > 1 && term.endsWith("+");
    String what = term.substring(upstream ? 1 : 0, term.length() - (downstream ? 1 : 0));
    Set<TableName> meant = new LinkedHashSet<>();
    Predicate<Node> matches = matcher(what);
    blueprint.nodes().stream().filter(matches).map(Node::name).forEach(meant::add);
    if (meant.isEmpty()) {
      throw unknown(term, what, blueprint);
    }
    Set<TableName> names = new LinkedHashSet<>(meant);
    if (upstream) {
      meant.forEach(name -> names.addAll(blueprint.ancestors(name)));
    }
    if (downstream) {
      names.addAll(blueprint.dependents(meant));
    }
    return names;
  }

  private static Predicate<Node> matcher(String what) {
    if (what.startsWith("tag:")) {
      String tag = what.substring("tag:".length());
      return node -> node.definition().documentation().tags().contains(tag);
    }
    if (what.startsWith("owner:")) {
      String owner = what.substring("owner:".length());
      return node -> node.definition().documentation().owner().filter(owner::equals).isPresent();
    }
    Pattern pattern =
        Pattern.compile(
            "\\Q" + what.toLowerCase(Locale.ROOT).replace("*", "\\E.*\\Q") + "\\E", Pattern.DOTALL);
    return node -> pattern.matcher(node.name().toString()).matches();
  }

  private static KithException unknown(String term, String what, Blueprint blueprint) {
    List<String> names = blueprint.names().stream().map(TableName::toString).toList();
    return KithException.usage(RunCode.NOTHING_SELECTED, term, "Cannot select anything by: " + term)
        .withHelp(
            Suggestion.didYouMean(what, names)
                .orElse("a term is a name, a pattern with *, tag:NAME or owner:NAME"));
  }
}
