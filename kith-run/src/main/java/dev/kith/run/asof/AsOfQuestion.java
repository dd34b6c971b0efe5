package dev.kith.run.asof;

import dev.kith.model.definition.Knowledge;
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

  public AsOfQuestion {
    columns = List.copyOf(columns);
  }
}
