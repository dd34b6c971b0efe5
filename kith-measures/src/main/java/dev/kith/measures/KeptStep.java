package dev.kith.measures;

import dev.kith.measures.CompiledQuery.Step;
import dev.kith.model.type.TableSchema;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A step of a profile's computation whose rows are kept for its next update.
 *
 * @param name of the step in the SQL of this plan
 * @param events whose rows it is made of
 * @param part which of the steps it is that are kept together; the same in every plan
 * @param meaning the same texts where, at any instant in one zone, the steps that are kept together
 *     have the same rows; whatever else the plan computes
 * @param schema of its rows
 */
public record KeptStep(
    String name, EventTable events, String part, List<String> meaning, TableSchema schema) {

  public KeptStep {
    meaning = List.copyOf(meaning);
  }

  /** Those of a plan. */
  public static List<KeptStep> of(ProfilePlan plan) {
    SingleFrame frame = new SingleFrame(Instant.EPOCH, ZoneOffset.UTC);
    Families families = AsOfCompiler.inParts(plan, Instant.EPOCH, ZoneOffset.UTC).families();
    List<KeptStep> kept = new ArrayList<>();
    for (Incremental family : families.incremental()) {
      kept.addAll(of((Family) family, frame));
    }
    return kept;
  }

  private static List<KeptStep> of(Family family, SingleFrame frame) {
    Pattern own = Pattern.compile("\\b" + family.name() + "(?=_|\\b)");
    List<Step> steps =
        family.steps(frame).stream().filter(step -> step.state().isPresent()).toList();
    List<String> meaning = new ArrayList<>(family.kept());
    for (Step step : steps) {
      meaning.add(own.matcher(step.name()).replaceAll(""));
      meaning.add(own.matcher(step.sql()).replaceAll(""));
      meaning.add(step.state().orElseThrow().sql());
    }
    List<KeptStep> kept = new ArrayList<>();
    for (Step step : steps) {
      String part = step.name().substring(family.name().length());
      TableSchema schema = step.state().orElseThrow();
      kept.add(new KeptStep(step.name(), family.events(), part, meaning, schema));
    }
    return kept;
  }
}
