package dev.kith.sources;

import dev.kith.model.KithException;
import dev.kith.model.Located;
import dev.kith.model.definition.SourceDefinition;
import dev.kith.sources.fault.SourceCode;
import java.util.List;
import java.util.stream.Stream;

/** The columns that say who and when: rows without them are rows of something else. */
final class RequiredNames {

  private RequiredNames() {}

  /**
   * Refuses input that lacks one of them.
   *
   * @param place a file, or a database's table
   * @param names of the input's columns
   */
  static void check(SourceDefinition source, KnownColumns known, String place, List<String> names) {
    List<String> there = names.stream().map(known::tableName).toList();
    Stream.of(
            source.key().stream(),
            source.id().stream(),
            source.at().stream(),
            source.changedAt().stream())
        .flatMap(columns -> columns)
        .map(Located::value)
        .filter(name -> there.stream().noneMatch(name::equalsIgnoreCase))
        .findFirst()
        .ifPresent(
            name -> {
              throw KithException.project(
                      SourceCode.COLUMN_MISSING,
                      place,
                      "Cannot find column '%s' in %s".formatted(name, place))
                  .withHelp("It has " + String.join(", ", names));
            });
  }
}
