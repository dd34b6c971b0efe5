package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.model.TableName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * SQL that brings a profile from what it was to what it should be. It runs in a session whose zone
 * is the project's, in this order:
 *
 * <ol>
 *   <li>for each of {@link #inputs()}, the rows that it has now are bound as {@link #all}, those
 *       that it had as {@link #before}, and those that came and went as {@link #came} and {@link
 *       #went};
 *   <li>the rows that were kept of steps are bound as {@link #state};
 *   <li>{@link #first()} is materialised, which includes the people whose rows may be others than
 *       they were: {@link #KEYS};
 *   <li>each input is bound under its own name, with only the rows that it says;
 *   <li>{@link #rows()} answers as any compiled query does, for touched people alone;
 *   <li>where {@link #others()} is there, the rows of all others are to be replaced by its answer,
 *       with the profile as it was bound as {@link #BEFORE}; else they stay as they are;
 *   <li>{@link #state()} says how what is kept of steps becomes that of now.
 * </ol>
 *
 * @param inputs by relation, the parts of {@link #all} that rows are computed of
 */
public record CompiledUpdate(
    List<Step> first,
    Map<TableName, List<InputPart>> inputs,
    CompiledQuery rows,
    Optional<String> others,
    List<StateChange> state) {

  /** A query for the keys of touched people; one column. */
  public static final String KEYS = Touched.KEYS;

  /** The profile's rows as they were. */
  public static final TableName BEFORE = TableName.of("kith_before");

  public CompiledUpdate {
    first = List.copyOf(first);
    state = List.copyOf(state);
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
  }

  /** Whether {@link #before} has to be bound. */
  public boolean readsBefore() {
    return !state.isEmpty();
  }

  /** Under which all rows of an input are bound. */
  public static TableName all(TableName input) {
    return TableName.of("kith_all_of_" + flat(input));
  }

  /** Under which all rows are bound that an input had. */
  public static TableName before(TableName input) {
    return TableName.of("kith_before_in_" + flat(input));
  }

  /** Under which the rows are bound that an input has and had not. */
  public static TableName came(TableName input) {
    return TableName.of("kith_came_to_" + flat(input));
  }

  /** Under which the rows are bound that an input had and has no more. */
  public static TableName went(TableName input) {
    return TableName.of("kith_went_from_" + flat(input));
  }

  /** Under which the rows are bound that were kept of a step. */
  public static TableName state(String step) {
    return TableName.of(step + "_state");
  }

  private static String flat(TableName name) {
    return name.toString().replace('.', '_');
  }
}
