package dev.kith.run.testing;

import dev.kith.model.type.Column;
import dev.kith.model.type.DataType;
import dev.kith.run.testing.RowDifference.Differing;
import dev.kith.run.testing.RowDifference.Missing;
import dev.kith.run.testing.RowDifference.Unexpected;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares the rows of a table with the rows that are expected, as multisets.
 *
 * <p>A row may name other columns than the next one, so that an expected row can fit several actual
 * ones: as many as possible are matched, by augmenting paths (H. W. Kuhn, "The Hungarian method for
 * the assignment problem", 1955). Of what is left, rows that are meant to be the same are put
 * together: those with the same key, or without a key those that agree in most of what is named.
 */
final class RowComparison {

  private final Map<String, DataType> types = new HashMap<>();
  private final List<String> key;
  private final List<TypedRow> expected;
  private final List<TypedRow> actual;
  private final int[] expectedOf;

  /**
   * @param columns of both, with their types
   * @param key the columns that name a row; may be empty
   */
  RowComparison(
      List<Column> columns, List<String> key, List<TypedRow> expected, List<TypedRow> actual) {
    columns.forEach(column -> types.put(column.name(), column.type()));
    this.key = key;
    this.expected = expected;
    this.actual = actual;
    this.expectedOf = new int[actual.size()];
    Arrays.fill(expectedOf, -1);
  }

  /** In any order; rows that are not expected are left out if there may be some. */
  List<RowDifference> inAnyOrder(boolean partial) {
    for (int row = 0; row < expected.size(); row++) {
      match(row, new BitSet());
    }
    Set<Integer> matched = new LinkedHashSet<>();
    Arrays.stream(expectedOf).filter(row -> row >= 0).forEach(matched::add);
    Map<Integer, RowDifference> byExpected = new TreeMap<>();
    for (int row = 0; row < expected.size(); row++) {
      if (!matched.contains(row)) {
        byExpected.put(row, new Missing(expected.get(row)));
      }
    }
    Set<Integer> left = new LinkedHashSet<>();
    for (int row = 0; row < actual.size(); row++) {
      if (expectedOf[row] < 0) {
        left.add(row);
      }
    }
    byExpected.replaceAll((row, missing) -> meant(expected.get(row), left, missing));
    List<RowDifference> differences = new ArrayList<>(byExpected.values());
    if (!partial) {
      left.forEach(row -> differences.add(new Unexpected(actual.get(row))));
    }
    return differences;
  }

  /** Row by row. */
  List<RowDifference> inOrder() {
    List<RowDifference> differences = new ArrayList<>();
    for (int row = 0; row < Math.max(expected.size(), actual.size()); row++) {
      if (row >= actual.size()) {
        differences.add(new Missing(expected.get(row)));
      } else if (row >= expected.size()) {
        differences.add(new Unexpected(actual.get(row)));
      } else if (!fits(expected.get(row), actual.get(row))) {
        differences.add(differing(expected.get(row), actual.get(row)));
      }
    }
    return differences;
  }

  private boolean match(int wanted, BitSet tried) {
    for (int row = 0; row < actual.size(); row++) {
      if (tried.get(row) || !fits(expected.get(wanted), actual.get(row))) {
        continue;
      }
      tried.set(row);
      if (expectedOf[row] < 0 || match(expectedOf[row], tried)) {
        expectedOf[row] = wanted;
        return true;
      }
    }
    return false;
  }

  private boolean fits(TypedRow wanted, TypedRow row) {
    return wanted.columns().stream().allMatch(column -> agree(wanted, row, column));
  }

  private boolean agree(TypedRow wanted, TypedRow row, String column) {
    DataType type = types.getOrDefault(column, DataType.Primitive.TEXT);
    return ValueEquality.equal(wanted.value(column), row.value(column), type);
  }

  /** Takes the row out of those left that was meant by one that is missing. */
  private RowDifference meant(TypedRow wanted, Set<Integer> left, RowDifference missing) {
    boolean byKey = !key.isEmpty() && key.stream().allMatch(wanted::names);
    int best = -1;
    long most = 0;
    for (int row : left) {
      TypedRow candidate = actual.get(row);
      long agreeing = wanted.columns().stream().filter(c -> agree(wanted, candidate, c)).count();
      boolean may =
          byKey
              ? key.stream().allMatch(column -> agree(wanted, candidate, column))
              : 2 * agreeing >= wanted.columns().size();
      if (may && agreeing > most) {
        best = row;
        most = agreeing;
      }
    }
    if (best < 0) {
      return missing;
    }
    left.remove(best);
    return differing(wanted, actual.get(best));
  }

  private Differing differing(TypedRow wanted, TypedRow row) {
    Set<String> columns = new LinkedHashSet<>(wanted.columns());
    columns.removeIf(column -> agree(wanted, row, column));
    return new Differing(wanted, row, columns);
  }
}
