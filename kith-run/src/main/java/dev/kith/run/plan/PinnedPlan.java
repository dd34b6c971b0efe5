package dev.kith.run.plan;

import dev.kith.lake.Release;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.run.fault.RunCode;
import dev.kith.run.graph.Blueprint;
import dev.kith.run.graph.Fingerprints;
import dev.kith.run.graph.Node;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a plan was made of, so that a later run does what the plan shows or says why it can't. New
 * rows of sources do not count: reading them is part of every plan.
 *
 * @param parent the release that it builds on
 * @param definitions the fingerprint of each definition and of its checks
 */
public record PinnedPlan(
    String project,
    String environment,
    Optional<String> parent,
    Optional<Instant> asOf,
    Selection selection,
    boolean fullRefresh,
    Map<TableName, String> definitions) {

  public PinnedPlan {
    definitions = Collections.unmodifiableMap(new TreeMap<>(definitions));
  }

  /** The pins of a plan. */
  public static PinnedPlan of(
      String project,
      Plan plan,
      Selection selection,
      boolean fullRefresh,
      Blueprint blueprint,
      ZoneId zone) {
    return new PinnedPlan(
        project,
        plan.environment(),
        plan.parent().map(Release::id),
        plan.asOf(),
        selection,
        fullRefresh,
        definitions(blueprint, zone));
  }

  /**
   * Passes if the plan still says what a run would do.
   *
   * @throws KithException with {@link RunCode#PLAN_OUTDATED}, saying everything that is different
   */
  public void check(String project, Optional<Release> current, Blueprint blueprint, ZoneId zone) {
    List<String> faults = new ArrayList<>();
    if (!project.equals(this.project)) {
      faults.add("it was made for the project '" + this.project + "'");
    }
    if (!current.map(Release::id).equals(parent)) {
      faults.add(
          "it builds on "
              + parent.map(id -> "release " + id).orElse("no release")
              + ", and readers now see "
              + current.map(Release::id).map(id -> "release " + id).orElse("none"));
    }
    Map<TableName, String> now = definitions(blueprint, zone);
    now.forEach(
        (name, definition) -> {
          String before = definitions.get(name);
          if (!Objects.equals(before, definition)) {
            faults.add("'" + name + "' " + (before == null ? "is new" : "was changed"));
          }
        });
    definitions.keySet().stream()
        .filter(name -> !now.containsKey(name))
        .forEach(name -> faults.add("'" + name + "' is no longer defined"));
    if (!faults.isEmpty()) {
      throw KithException.project(
              RunCode.PLAN_OUTDATED,
              environment,
              "Cannot apply the plan: " + String.join("; ", faults))
          .withHelp("look at a new one: kith plan -o FILE");
    }
  }

  private static Map<TableName, String> definitions(Blueprint blueprint, ZoneId zone) {
    Map<TableName, String> definitions = new TreeMap<>();
    for (Node node : blueprint.nodes()) {
      definitions.put(
          node.name(),
          Fingerprints.of(node, zone).hex()
              + Fingerprints.checks(node).map(c -> "/" + c).orElse(""));
    }
    return definitions;
  }
}
