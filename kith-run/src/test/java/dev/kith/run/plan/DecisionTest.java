package dev.kith.run.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.lake.Provenance;
import dev.kith.model.Fingerprint;
import dev.kith.model.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecisionTest {

  private static final TableName ORDERS = TableName.of("orders");
  private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-03-03T00:00:00Z");

  private final Fingerprint definition = Fingerprint.of("definition");

  @Test
  void whatIsAsWantedIsUpToDate() {
    assertThat(Decision.of(definition, List.of(), Optional.of(MONDAY), made(definition, MONDAY)))
        .isEmpty();
  }

  @Test
  void anotherDefinitionOutranksOtherInputs() {
    assertThat(
            Decision.of(
                definition,
                List.of(ORDERS),
                Optional.of(MONDAY),
                made(Fingerprint.of("another"), MONDAY)))
        .contains(new BuildReason.DefinitionChanged());
  }

  @Test
  void inputsThatChangedAreNamed() {
    assertThat(
            Decision.of(
                definition, List.of(ORDERS), Optional.of(TUESDAY), made(definition, MONDAY)))
        .contains(new BuildReason.InputsChanged(List.of(ORDERS)));
  }

  @Test
  void anotherInstantIsTold() {
    assertThat(Decision.of(definition, List.of(), Optional.of(TUESDAY), made(definition, MONDAY)))
        .contains(new BuildReason.AsOfMoved(MONDAY, TUESDAY));
  }

  private static Provenance made(Fingerprint definition, Instant asOf) {
    return new Wanted(definition, Map.of(ORDERS, 1L), Map.of(), Optional.of(asOf))
        .provenance("run");
  }
}
