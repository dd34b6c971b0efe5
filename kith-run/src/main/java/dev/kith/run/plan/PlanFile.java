package dev.kith.run.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.model.KithException;
import dev.kith.model.TableName;
import dev.kith.run.fault.RunCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A {@link PinnedPlan} as JSON. */
public final class PlanFile {

  private static final int VERSION = 1;
  private static final JsonMapper JSON = new JsonMapper();

  private PlanFile() {}

  public static String write(PinnedPlan plan) {
    ObjectNode root = JSON.createObjectNode();
    root.put("plan-version", VERSION);
    root.put("project", plan.project());
    root.put("environment", plan.environment());
    plan.parent().ifPresent(parent -> root.put("parent", parent));
    plan.asOf().ifPresent(asOf -> root.put("as-of", asOf.toString()));
    plan.selection().included().forEach(root.putArray("select")::add);
    plan.selection().excluded().forEach(root.putArray("exclude")::add);
    root.put("full-refresh", plan.fullRefresh());
    ObjectNode definitions = root.putObject("definitions");
    plan.definitions().forEach((name, definition) -> definitions.put(name.toString(), definition));
    return root.toPrettyString() + "\n";
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param file as messages name it
   * @throws KithException if it is no plan
   */
  public static PinnedPlan read(String json, String file) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw notAPlan(file);
    }
    if (root == null || root.path("plan-version").asInt() != VERSION || !root.has("definitions")) {
      throw notAPlan(file);
    }
    Map<TableName, String> definitions = new TreeMap<>();
    root.path("definitions")
        .properties()
        .forEach(each -> definitions.put(TableName.parse(each.getKey()), each.getValue().asText()));
    return new PinnedPlan(
        root.path("project").asText(),
        root.path("environment").asText(),
        text(root, "parent"),
        text(root, "as-of").map(Instant::parse),
        new Selection(texts(root.path("select")), texts(root.path("exclude"))),
        root.path("full-refresh").asBoolean(),
        definitions);
  }

  private static Optional<String> text(JsonNode root, String name) {
    return root.has(name) ? Optional.of(root.path(name).asText()) : Optional.empty();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    if (array instanceof ArrayNode items) {
      items.forEach(item -> texts.add(item.asText()));
    }
    return texts;
  }

  private static KithException notAPlan(String file) {
    return KithException.usage(RunCode.NOT_A_PLAN, file, "Cannot read a plan: " + file)
        .withHelp("'kith plan -o FILE' writes one");
  }
}
