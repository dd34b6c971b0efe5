package dev.kith.run.change;

import dev.kith.run.change.Part.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a definition differs from the one that rows were made by.
 *
 * @param changes in the order of the definition, what is gone last
 * @param columnsThatStay how many columns mean what they meant
 */
public record DefinitionChange(
    Consequence consequence, List<PartChange> changes, int columnsThatStay) {

  private static final int MOST_NAMES = 4;

  public DefinitionChange {
    changes = List.copyOf(changes);
  }

  /**
   * The change from one to the other.
   *
   * @param newTable whether the rows go to another physical table
   */
  public static DefinitionChange between(
      DefinitionParts before, DefinitionParts after, boolean newTable) {
    Map<String, Part> old = byName(before);
    List<PartChange> changes = new ArrayList<>();
    int stay = 0;
    for (Part part : after.parts()) {
      Optional<Part> was = Optional.ofNullable(old.remove(id(part)));
      if (was.isEmpty() || !was.get().meaning().equals(part.meaning())) {
        changes.add(
            new PartChange(
                part.kind(), part.name(), was.map(Part::text), Optional.of(part.text())));
      } else if (part.kind() == Kind.COLUMN) {
        stay++;
      }
    }
    old.values()
        .forEach(
            part ->
                changes.add(
                    new PartChange(
                        part.kind(), part.name(), Optional.of(part.text()), Optional.empty())));
    return new DefinitionChange(consequence(changes, newTable), changes, stay);
  }

  private static Map<String, Part> byName(DefinitionParts definition) {
    Map<String, Part> parts = new LinkedHashMap<>();
    definition.parts().forEach(part -> parts.put(id(part), part));
    return parts;
  }

  private static String id(Part part) {
    return part.kind() + " " + part.name();
  }

  private static Consequence consequence(List<PartChange> changes, boolean newTable) {
    if (newTable) {
      return Consequence.NEW_TABLE;
    }
    if (changes.stream().anyMatch(change -> change.kind() == Kind.OPTION)) {
      return Consequence.NEW_ROWS;
    }
    return changes.stream().allMatch(change -> change.kind() == Kind.COLUMN)
        ? Consequence.COLUMNS
        : Consequence.TABLE;
  }

  /** The columns that are new or mean something else. */
  public List<String> columns() {
    return changes.stream()
        .filter(change -> change.kind() == Kind.COLUMN && change.after().isPresent())
        .map(PartChange::name)
        .toList();
  }

  /** For people, in one line: {@code spend_7d; 59 columns stay}. */
  public String summary() {
    List<String> named =
        changes.stream()
            .filter(change -> change.kind() != Kind.QUERY || columns().isEmpty())
            .map(PartChange::name)
            .toList();
    String names = named.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
    int more = named.size() - MOST_NAMES;
    String stay =
        columnsThatStay == 0
            ? ""
            : "; " + columnsThatStay + (columnsThatStay == 1 ? " column stays" : " columns stay");
    return names + (more > 0 ? " and " + more + " more" : "") + stay;
  }

  /** For people, what went and what came, a line each. */
  public List<String> lines() {
    return changes.stream().flatMap(change -> change.lines().stream()).toList();
  }
}
