package dev.kith.run.plan;

import dev.kith.model.TableName;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Why a table is built. */
public sealed interface BuildReason {

  /** For people, in the project's zone. */
  String text(ZoneId zone);

  /** No release has it. */
  record NeverBuilt() implements BuildReason {
    @Override
    public String text(ZoneId zone) {
      return "never built";
    }
  }

  /** Somebody asked for it. */
  record FullRefresh() implements BuildReason {
    @Override
    public String text(ZoneId zone) {
      return "full refresh";
    }
  }

  /** What it means has changed. */
  record DefinitionChanged() implements BuildReason {
    @Override
    public String text(ZoneId zone) {
      return "definition changed";
    }
  }

  /** The instant of the profile is another. */
  record AsOfMoved(Instant from, Instant to) implements BuildReason {

    private static final DateTimeFormatter FORMAT =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    @Override
    public String text(ZoneId zone) {
      return "as of " + FORMAT.format(from.atZone(zone)) + " → " + FORMAT.format(to.atZone(zone));
    }
  }

  /** Tables that it reads have other rows. */
  record InputsChanged(List<TableName> inputs) implements BuildReason {
    public InputsChanged {
      inputs = List.copyOf(inputs);
    }

    @Override
    public String text(ZoneId zone) {
      return inputs.stream().map(TableName::toString).collect(Collectors.joining(", "))
          + " changed";
    }
  }
}
