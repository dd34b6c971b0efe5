package dev.kith.sql;

import dev.kith.model.type.Column;
import dev.kith.model.type.DataType.Primitive;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a column of a query holds of a row of an input: the value of a column, or that time cut off
 * to a unit. All rows of the input for which it has the same value are a part of the input.
 */
public final class InputPart {

  private final Column column;
  private final List<Truncation> truncations;

  private InputPart(Column column, List<Truncation> truncations) {
    this.column = column;
    this.truncations = List.copyOf(truncations);
  }

  static InputPart of(Column column) {
    return new InputPart(column, List.of());
  }

  /** The input's column. */
  public String inputColumn() {
    return column.name();
  }

  /** The longest unit to which the time is cut off; nothing if it is the column's value itself. */
  public Optional<TruncatedTo> unit() {
    return truncations.stream().map(Truncation::unit).max(Comparator.naturalOrder());
  }

  /**
   * The value as SQL over the input.
   *
   * @param alias the input's name in the statement, in plain letters
   */
  public String sql(String alias) {
    String sql = alias + "." + column.quotedName();
    for (Truncation truncation : truncations) {
      sql = truncation.sql(sql);
    }
    return sql;
  }

  Optional<InputPart> truncated(Truncation truncation) {
    List<Truncation> all = new ArrayList<>(truncations);
    all.add(truncation);
    return isTime() ? Optional.of(new InputPart(column, all)) : Optional.empty();
  }

  private boolean isTime() {
    return column.type() == Primitive.INSTANT
        || column.type() == Primitive.TIMESTAMP
        || column.type() == Primitive.DATE;
  }

  boolean isWholeValue() {
    return truncations.isEmpty();
  }

  /** Whether rows for which this is the same are the same in the other, too. */
  boolean determines(InputPart other) {
    return column.equals(other.column)
        && truncations.size() <= other.truncations.size()
        && truncations.equals(other.truncations.subList(0, truncations.size()));
  }

  /**
   * Whether this tells in which period a row of the other's column lies, where periods begin at
   * times that no clock has shown twice or left out.
   */
  boolean determines(InputPart other, TruncatedTo period) {
    return column.equals(other.column) && within(period);
  }

  /** Whether it is a time that is known to the period or better. */
  boolean within(TruncatedTo period) {
    Stream<TruncatedTo> own =
        column.type() == Primitive.DATE ? Stream.of(TruncatedTo.DAY) : Stream.empty();
    return isTime()
        && Stream.concat(own, truncations.stream().map(Truncation::unit))
            .allMatch(unit -> unit.within(period));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof InputPart that
        && column.equals(that.column)
        && truncations.equals(that.truncations);
  }

  @Override
  public int hashCode() {
    return 31 * column.hashCode() + truncations.hashCode();
  }

  @Override
  public String toString() {
    return sql("input");
  }
}
