package dev.kith.measures;

import dev.kith.model.TableName;
import dev.kith.model.type.Column;
import java.util.List;

/**
 * The events of people in one table. Those whose key or time is NULL belong to nobody.
 *
 * @param relation under which its rows are bound
 * @param key the column that names the person, of the profile key's type
 * @param at when an event happened: an instant, or a local time or date in the project's zone
 * @param order the columns that order events of the same time, after one another, NULL as the
 *     greatest: those of the table's id, or all that have an order
 */
public record EventTable(TableName relation, String key, Column at, List<Column> order) {
  public EventTable {
    order = List.copyOf(order);
  }

  /** The person's key over a row, in SQL; NULL where the event is nobody's. */
  public String person() {
    return PersonOfEvent.key(this);
  }
}
