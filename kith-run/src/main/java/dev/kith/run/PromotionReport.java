package dev.kith.run;

import dev.kith.lake.Release;
import dev.kith.model.TableName;
import java.util.List;
import java.util.Optional;

/**
 * How a promotion ended.
 *
 * @param tested the environment's release
 * @param published production's; empty if production had all of it already
 * @param replaced names that mean the environment's rows from now on
 * @param dropped names that are gone
 */
public record PromotionReport(
    Release tested,
    Optional<Release> published,
    List<TableName> replaced,
    List<TableName> dropped) {
  public PromotionReport {
    replaced = List.copyOf(replaced);
    dropped = List.copyOf(dropped);
  }
}
