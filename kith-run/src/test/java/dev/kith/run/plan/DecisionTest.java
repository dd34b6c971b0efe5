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
  private static final TableName CLICKS = TableName.of("clicks");
  private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-03-03T00:00:00Z");

  private final Wanted wanted =
      new Wanted(Fingerprint.of("definition"), Map.of(ORDERS, 1L, CLICKS, 2L), Optional.of(MONDAY));

  @Test
  void whatIsAsWantedIsUpToDate() {
    assertThat(Decision.of(wanted, made(wanted))).isEmpty();
  }

  @Test
  void anotherDefinitionOutranksOtherInputs() {
    Wanted before = new Wanted(Fingerprint.of("another"), Map.of(ORDERS, 9L), wanted.asOf());
    assertThat(Decision.of(wanted, made(before))).contains(new BuildReason.DefinitionChanged());
  }

  @Test
  void inputsThatChangedOrCameAreNamed() {
    Wanted before = new Wanted(wanted.definition(), Map.of(CLICKS, 2L), wanted.asOf());
    assertThat(Decision.of(wanted, made(before)))
        .contains(new BuildReason.InputsChanged(List.of(ORDERS)));
  }

  @Test
  void anotherInstantIsTold() {
    Wanted before = new Wanted(wanted.definition(), wanted.inputs(), Optional.of(TUESDAY));
    assertThat(Decision.of(wanted, made(before)))
        .contains(new BuildReason.AsOfMoved(TUESDAY, MONDAY));
  }

  private static Provenance made(Wanted made) {
    return made.provenance("run");
  }
}
