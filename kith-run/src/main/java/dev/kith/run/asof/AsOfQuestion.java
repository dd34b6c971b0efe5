package dev.kith.run.asof;

import dev.kith.model.PersonAt;
import dev.kith.model.definition.Knowledge;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of a profile or a dataset. A dataset says itself what is empty here; of a profile,
 * rows and instant have to be given.
 *
 * @param rows people and instants
 * @param at where the instant of a row is
 * @param columns of the profile or dataset; all if there are none
 * @param known which rows of the release count; all there are now unless something is said
 */
public record AsOfQuestion(
    Optional<RowsOrigin> rows,
    Optional<InstantOfRow> at,
    List<String> columns,
    Optional<Knowledge> known) {

  /** What a dataset says, and nothing else. */
  public static final AsOfQuestion AS_DEFINED =
      new AsOfQuestion(Optional.empty(), Optional.empty(), List.of(), Optional.empty());

  public AsOfQuestion {
    columns = List.copyOf(columns);
  }

  /** About people at an instant of each, which the answer has in the column {@code as_of}. */
  public static AsOfQuestion about(List<PersonAt> people) {
    return AS_DEFINED.rows(new RowsOrigin.People(people)).at(Answering.AS_OF);
  }

  /** About the rows of a query over the release. */
  public static AsOfQuestion about(String sql) {
    return AS_DEFINED.rows(new RowsOrigin.Query(sql));
  }

  /** About the rows of a file. */
  public static AsOfQuestion about(Path file) {
    return AS_DEFINED.rows(new RowsOrigin.File(file, file.toString()));
  }

  /** The same about other rows. */
  public AsOfQuestion rows(RowsOrigin others) {
    return new AsOfQuestion(Optional.of(others), at, columns, known);
  }

  /** Each row's instant is in a column of the rows. */
  public AsOfQuestion at(String column) {
    return at(new InstantOfRow.InColumn(column));
  }

  /** One instant is that of all rows. */
  public AsOfQuestion at(Instant instant) {
    return at(new InstantOfRow.Fixed(instant));
  }

  /** The instant of a row is there. */
  public AsOfQuestion at(InstantOfRow instant) {
    return new AsOfQuestion(rows, Optional.of(instant), columns, known);
  }

  /** Only these columns are wanted; all if there are none. */
  public AsOfQuestion columns(String... names) {
    return new AsOfQuestion(rows, at, List.of(names), known);
  }

  /** Which rows of the release count. */
  public AsOfQuestion known(Knowledge knowledge) {
    return new AsOfQuestion(rows, at, columns, Optional.of(knowledge));
  }
}
