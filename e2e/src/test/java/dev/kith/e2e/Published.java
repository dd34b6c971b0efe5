package dev.kith.e2e;

import dev.kith.cli.render.Values;
import dev.kith.engine.Rows;
import dev.kith.engine.duckdb.DuckDbEngine;
import dev.kith.engine.duckdb.DuckDbLimits;
import dev.kith.model.KithException;
import dev.kith.model.type.Column;
import dev.kith.run.ReleaseReader;
import dev.kith.run.TableInfo;
import dev.kith.run.Workspace;
import dev.kith.run.fault.RunCode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All that readers of a project see, as text that can be compared. */
final class Published {

  /** Instants this close to now are when something was observed, and differ from run to run. */
  private static final Duration OBSERVED = Duration.ofDays(2);

  private Published() {}

  /**
   * The rows of each table of the current release, sorted, with where they came from but not in
   * which batch; nothing where nothing is published.
   */
  static Optional<Map<String, List<String>>> in(Path project) {
    return read(project, true);
  }

  /** The rows of each table, without where they came from. */
  static Map<String, List<String>> withoutOrigins(Path project) {
    return read(project, false).orElseThrow();
  }

  private static Optional<Map<String, List<String>>> read(Path project, boolean origins) {
    try (Workspace workspace = workspace(project);
        ReleaseReader reader = workspace.reader()) {
      Map<String, List<String>> tables = new TreeMap<>();
      for (TableInfo table : reader.tables()) {
        tables.put(table.name().toString(), rows(reader, table, origins));
      }
      return Optional.of(tables);
    } catch (KithException fault) {
      if (fault.code() == RunCode.NOTHING_PUBLISHED) {
        return Optional.empty();
      }
      throw fault;
    }
  }

  /** A project as a reader opens it. */
  static Workspace workspace(Path project) {
    return Workspace.open(
        project,
        (warehouse, settings, folder) ->
            DuckDbEngine.open(warehouse, DuckDbLimits.of(folder.resolve(".kith/tmp"))),
        name -> Optional.empty(),
        Clock.systemUTC());
  }

  private static List<String> rows(ReleaseReader reader, TableInfo table, boolean origins) {
    String columns =
        table.schema().columns().stream()
            .filter(column -> !column.name().startsWith("_"))
            .map(Column::quotedName)
            .collect(Collectors.joining(", "));
    String hidden =
        switch (table.kind()) {
          case EVENTS, ENTITY, REJECTED -> ", _origin";
          case HISTORY -> ", _origin, _since_ever";
          case TABLE, PROFILE, DATASET -> "";
        };
    String all = origins ? columns + hidden : columns;
    List<String> rows = new ArrayList<>();
    try (Rows found = reader.query("SELECT " + all + " FROM " + table.name().quoted())) {
      while (found.next()) {
        StringBuilder row = new StringBuilder();
        for (int column = 0; column < found.schema().columns().size(); column++) {
          row.append(column == 0 ? "" : " | ").append(text(found.value(column)));
        }
        rows.add(row.toString());
      }
    }
    Collections.sort(rows);
    return rows;
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof Instant instant
        && Duration.between(instant, Instant.now()).abs().compareTo(OBSERVED) < 0) {
      return "(observed)";
    }
    return Values.exact(value);
  }
}
