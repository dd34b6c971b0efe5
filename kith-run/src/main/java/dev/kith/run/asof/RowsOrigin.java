package dev.kith.run.asof;

import dev.kith.model.PersonAt;
import java.nio.file.Path;
import java.util.List;

/** Where the rows of a question come from. */
public sealed interface RowsOrigin {

  /**
   * A file of CSV, TSV, JSON or Parquet.
   *
   * @param name as it is called in messages
   */
  record File(Path path, String name) implements RowsOrigin {}

  /** A query over the release that is read. */
  record Query(String sql) implements RowsOrigin {}

  /** People and instants from Java. */
  record People(List<PersonAt> people) implements RowsOrigin {
    public People {
      people = List.copyOf(people);
    }
  }
}
