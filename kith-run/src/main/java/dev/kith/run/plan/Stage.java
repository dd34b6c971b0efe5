package dev.kith.run.plan;

import dev.kith.model.TableName;
import dev.kith.run.change.DefinitionChange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** A step of a plan, about one table. */
public sealed interface Stage {

  TableName table();

  /**
   * A source is read, as far as it has something new.
   *
   * @param what there is to read, for people: {@code 2 new files}
   * @param certain whether there is something, as far as can be told without reading
   * @param changed whether its definition is another than the last rows were read by, which
   *     concerns new rows only
   * @param change how, if that is on record
   */
  record Read(
      TableName table,
      String what,
      Optional<Boolean> certain,
      boolean changed,
      Optional<DefinitionChange> change)
      implements Stage {}

  /**
   * A table stays as it is.
   *
   * @param unless sources that make it out of date if they have new rows, which nobody knows yet
   * @param unaffectedBy inputs that have other rows, though not in the columns that it uses
   * @param seen whether these rows are what readers see, and not others: after a rollback, say
   * @param checks how many checks run all the same, since they are others
   * @param copies of which events its copies are brought up to date all the same
   */
  record Keep(
      TableName table,
      long rows,
      boolean seen,
      SortedSet<TableName> unless,
      SortedSet<TableName> unaffectedBy,
      int checks,
      List<TableName> copies)
      implements Stage {}

  /**
   * A table or profile is built.
   *
   * @param costs of a profile: what each way of bringing it up to date would take
   * @param reading what is known of what it reads; empty where its input is yet to come
   * @param estimate of the time it takes, from earlier runs
   * @param checks how many checks it has to pass
   * @param copies of which events its copies are brought up to date with it
   */
  record Build(
      TableName table,
      BuildReason reason,
      Method method,
      Optional<UpdateCosts> costs,
      Optional<Reading> reading,
      Optional<Duration> estimate,
      int checks,
      List<TableName> copies)
      implements Stage {}

  /** A table that was not selected; readers go on seeing what they see. */
  record Leave(TableName table) implements Stage {}

  /** A table that is no longer defined; it goes from the release. */
  record Drop(TableName table, List<TableName> usedBy) implements Stage {}
}
