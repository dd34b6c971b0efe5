package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.model.TableName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * SQL that brings a profile from what it was to what it should be. It runs in a session whose zone
 * is the project's, in this order:
 *
 * <ol>
 *   <li>for each of {@link #inputs()}, the rows that it has now are bound as {@link #all}, and
 *       those that came or went as {@link #changed};
 *   <li>{@link #touched()} is materialised: the people whose rows may be others than they were;
 *   <li>each input is bound under its own name, with only the rows that are about touched people;
 *   <li>{@link #rows()} answers as any compiled query does, for touched people alone;
 *   <li>where {@link #others()} is there, the rows of all others are to be replaced by its answer,
 *       with the profile as it was bound as {@link #BEFORE}; else they stay as they are.
 * </ol>
 *
 * @param inputs by relation, the part of {@link #all} that touched people's rows are made of
 */
public record CompiledUpdate(
    Step touched, Map<TableName, String> inputs, CompiledQuery rows, Optional<String> others) {

  /** The profile's rows as they were. */
  public static final TableName BEFORE = TableName.of("kith_before");

  public CompiledUpdate {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
  }

  /** Under which all rows of an input are bound. */
  public static TableName all(TableName input) {
    return TableName.of("kith_all_of_" + flat(input));
  }

  /** Under which the rows are bound that an input has and had not, or had and has no more. */
  public static TableName changed(TableName input) {
    return TableName.of("kith_changed_in_" + flat(input));
  }

  /** A query for the keys of touched people; one column. */
  public String keys() {
    return "SELECT " + Frame.KEY + " FROM " + touched.name();
  }

  private static String flat(TableName name) {
    return name.toString().replace('.', '_');
  }
}
